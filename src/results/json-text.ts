/** JSON for people and for version control: objects spread over lines, lists of numbers on one. */

function holdsObjects(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsObjects);
  return typeof value === 'object' && value !== null;
}

function write(value: unknown, indent: string): string {
  if (!holdsObjects(value)) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => inner + write(item, inner));
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const fields = Object.entries(Object(value))
    .filter(([, field]) => field !== undefined)
    .map(([name, field]: [string, unknown]) => `${inner}${JSON.stringify(name)}: ${write(field, inner)}`);
  return fields.length === 0 ? '{}' : `{\n${fields.join(',\n')}\n${indent}}`;
}

/** A value of plain data as JSON text with a final line end. */
export function jsonText(value: unknown): string {
  return `${write(value, '')}\n`;
}
