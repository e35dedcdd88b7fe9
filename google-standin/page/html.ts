/** HTML from templates: every value is escaped unless it is HTML already. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

type Value = string | number | Html | readonly Html[];

export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  const filled = parts.map((part, index) => {
    const value = values[index];
    if (value === undefined) return part;
    if (value instanceof Html) return part + value.text;
    if (typeof value === 'string' || typeof value === 'number')
      return part + escapeHtml(String(value));
    return part + value.map(({ text }) => text).join('');
  });
  return new Html(filled.join(''));
}
