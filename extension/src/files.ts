/** Lines as a spreadsheet reads them (RFC 4180), whatever people wrote into their cells. */
export function csv(lines: readonly (readonly string[])[]): string {
  return lines.map((cells) => cells.map(cell).join(',') + '\r\n').join('');
}

/** A name that begins like a formula would be one in a spreadsheet: the apostrophe makes it text. */
function cell(text: string): string {
  const guarded = /^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
  return `"${guarded.replaceAll('"', '""')}"`;
}

/** Hands a file to the user. */
export function saveFile(name: string, type: string, parts: string[]): void {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Not before the browser took it.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
