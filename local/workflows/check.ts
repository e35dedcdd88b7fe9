import { checkNode } from './checks/node.ts';
import { checkPlaces } from './checks/places.ts';
import { checkReferences } from './checks/references.ts';
import { checkWhole } from './checks/whole.ts';
import type { Descriptions } from './descriptions.ts';
import type { Fault, WorkflowInFile } from './files.ts';

/** Finds what is wrong with workflows, before anybody imports them. */
export function check(workflows: readonly WorkflowInFile[], descriptions: Descriptions): Fault[] {
  return [
    ...workflows.flatMap((workflow) => checkOne(workflow, descriptions)),
    ...checkReferences(workflows),
  ];
}

function checkOne(workflow: WorkflowInFile, descriptions: Descriptions): Fault[] {
  const { file, nodes } = workflow;
  const whole = checkWhole(workflow).map((message): Fault => ({ file, message }));
  const each = nodes.flatMap((node) =>
    checkNode(node, descriptions).map((message): Fault => ({ file, node: node.name, message })),
  );
  const places = checkPlaces(nodes).map(([node, message]): Fault => ({ file, node, message }));
  return [...whole, ...twice(workflow), ...each, ...places];
}

function twice({ file, nodes }: WorkflowInFile): Fault[] {
  return nodes.flatMap(({ id, name }, at) => {
    const before = nodes.slice(0, at).find((node) => node.id === id || node.name === name);
    if (before === undefined) return [];
    const message = `It has the id or the name of "${before.name}". Give it its own.`;
    return [{ file, node: name, message }];
  });
}
