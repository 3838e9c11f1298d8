/** JSON for people and for version control: what fits on a line stands on one. */

/** Longest line of nested objects; lists of numbers and texts stay on one line whatever their length. */
const lineLength = 140;

function holdsObjects(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsObjects);
  return typeof value === 'object' && value !== null;
}

function fieldsOf(value: object): [name: string, field: unknown][] {
  return Object.entries(value).filter(([, field]) => field !== undefined);
}

function onOneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  const fields = fieldsOf(value).map(
    ([name, field]) => `${JSON.stringify(name)}: ${onOneLine(field)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function write(value: unknown, indent: string): string {
  const line = onOneLine(value);
  const fits = indent !== '' && indent.length + line.length <= lineLength;
  if (typeof value !== 'object' || value === null || fits || !holdsObjects(value)) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => inner + write(item, inner));
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const fields = fieldsOf(value).map(
    ([name, field]) => `${inner}${JSON.stringify(name)}: ${write(field, inner)}`,
  );
  return `{\n${fields.join(',\n')}\n${indent}}`;
}

/** A value of plain data as JSON text with a final line end. */
export function jsonText(value: unknown): string {
  return `${write(value, '')}\n`;
}
