/** The folder n8n is installed in; setup, which runs before TypeScript can, makes it. */
export declare function n8nFolder(project: string): string;
