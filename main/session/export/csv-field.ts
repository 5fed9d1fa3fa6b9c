/** Fields and records of CSV as RFC 4180 has them. */

const special = /[",\r\n]/;

/** Spreadsheets run what begins like this as a formula; text from clients may. A leading apostrophe makes it text. */
const formula = /^[=+\-@\t\r]/;

export function csvField(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvRecord(values: readonly (string | number | null | undefined)[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}
