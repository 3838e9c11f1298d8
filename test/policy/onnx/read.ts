/** Reads messages of Protocol Buffers, for tests: fields by number, each a number or bytes. */
export type Fields = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

/** The fields of a message. */
export function readMessage(bytes: Uint8Array): Fields {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const variableLength = (): number => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value += (byte % 128) * scale;
      scale *= 128;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = variableLength();
    const values = fields.get(key >> 3) ?? [];
    fields.set(key >> 3, values);
    if (key % 8 === 0) {
      values.push(variableLength());
      continue;
    }
    const length = key % 8 === 5 ? 4 : variableLength();
    values.push(bytes.subarray(at, at + length));
    at += length;
  }
  return fields;
}

/** Messages of a field. */
export function messages(fields: Fields, field: number): readonly Fields[] {
  return (fields.get(field) ?? []).flatMap((value) =>
    typeof value === 'number' ? [] : [readMessage(value)],
  );
}

/** Words of a field. */
export function words(fields: Fields, field: number): readonly string[] {
  return (fields.get(field) ?? []).map((value) => Buffer.from(value as Uint8Array).toString());
}
