/**
 * Reads output that bypasses the language's own printing: from native code, from child processes, or written directly to descriptors 1 and
 * 2. Both descriptors go to one file, so that the order of writing is kept. They are opened separately, so each has a position just behind
 * its last write, which tells which of the two wrote the end of the file. If both wrote alternately between two reads, the earlier pieces
 * are treated as one.
 */

export type StreamName = "stdout" | "stderr";

/** The file system functions that are used. */
export interface WrittenAccess {
  /** The size of the file; undefined if the descriptor now belongs to another file. */
  size(descriptor: number): number | undefined;
  /** Fills `bytes` from position `at` of the file, and returns the number of bytes read. */
  read(descriptor: number, bytes: Uint8Array, at: number): number;
  resize(descriptor: number, size: number): void;
  /** The position after the descriptor's last write; undefined if the system does not provide it. */
  position(descriptor: number): number | undefined;
}

/** Receives a piece of output. `dropped` is the number of further bytes that are not kept. */
export type TakeWritten = (stream: StreamName, text: string, dropped: number) => void;

/**
 * The file begins with a hole of this size, so that it is noticed when somebody opens the file by name and truncates it, as a shell does
 * that writes to /dev/stderr.
 */
export const writtenFrom = 2 ** 30;

/** The maximum number of bytes kept per read. The file is emptied once it exceeds `mostInFile` bytes. */
const mostKept = 64 * 1024;
const mostInFile = 16 * 1024 * 1024;

/**
 * The end of what was read; the same at the beginning of the file, after a truncation; the positions of both descriptors; the end of the
 * hole.
 */
const cells = { end: 0, low: 1, stdout: 2, stderr: 3, begin: 4 } as const;

/** The number of cells in the state. */
export const writtenCells = 5;
const notEmptied = -1;

interface Part {
  readonly stream: StreamName;
  readonly from: number;
  readonly to: number;
}

export class WrittenFile {
  /** @param state the reading state, which threads may share if they take turns */
  constructor(
    readonly access: WrittenAccess,
    readonly descriptors: Readonly<Record<StreamName, number>>,
    readonly state: Float64Array = WrittenFile.begun(),
  ) {}

  /** A state for a file of which nothing was read yet. */
  static begun(state: Float64Array = new Float64Array(writtenCells)): Float64Array {
    state.set([writtenFrom, notEmptied, 0, 0, writtenFrom]);
    return state;
  }

  /** The position up to which the file was read. */
  get end(): number {
    return this.state[cells.end] as number;
  }

  set end(end: number) {
    this.state[cells.end] = end;
  }

  /** Whether there may be new output. */
  get hasNews(): boolean {
    const size = this.access.size(this.descriptors.stdout);
    return size !== undefined && (size !== this.end || this.#low !== notEmptied);
  }

  /**
   * Reads new output.
   *
   * @param only the stream that it was written to, if that is known
   */
  collect(take: TakeWritten, only?: StreamName): void {
    let size = this.access.size(this.descriptors.stdout);
    if (size === undefined) return;
    if (size < this.end) size = this.#wasEmptied(take);
    if (this.#low !== notEmptied) this.#takeBeginning(take);
    if (size <= this.end) return;
    for (const part of only ? [{ stream: only, from: this.end, to: size }] : this.#parts(size)) this.#take(part, size, take);
    const begin = this.state[cells.begin] as number;
    if (size - begin <= mostInFile) return;
    this.access.resize(this.descriptors.stdout, begin);
    this.#goOnFrom(size);
  }

  get #low(): number {
    return this.state[cells.low] as number;
  }

  /** Called after a truncation: reports what was in the file and had not been read as dropped. */
  #wasEmptied(take: TakeWritten): number {
    const written = Math.max(...this.#positions().map(({ position }) => position), this.end);
    if (written > this.end) take("stdout", "", written - this.end);
    this.state[cells.low] = 0;
    this.#goOnFrom(written);
    return written;
  }

  /** Turns everything up to a position into a hole. Positions never repeat, so a write after it can be told from one before. */
  #goOnFrom(place: number): void {
    this.access.resize(this.descriptors.stdout, place);
    this.end = place;
    this.state[cells.begin] = place;
  }

  /** Reads the beginning of the file, where a writer that opened it anew starts. Bytes written there are not zero. */
  #takeBeginning(take: TakeWritten): void {
    const bytes = this.#bytes(this.#low, this.#low + mostKept);
    const length = bytes.findLastIndex((byte) => byte !== 0) + 1;
    if (length === 0) return;
    take("stdout", decoded(bytes.subarray(0, length)), 0);
    this.state[cells.low] = this.#low + length;
  }

  /** Divides the bytes up to `size` by the stream that wrote them. */
  #parts(size: number): Part[] {
    const { end } = this;
    const [first, second] = this.#positions();
    if (!first || !second) return [{ stream: first?.stream ?? "stdout", from: end, to: size }];
    const between = Math.min(first.position, size);
    return [
      { stream: first.stream, from: end, to: between },
      { stream: second.stream, from: between, to: size },
    ];
  }

  /** The descriptors that were written to since the last read, with the ends of their last writes, in ascending order. */
  #positions(): { readonly stream: StreamName; readonly position: number }[] {
    const moved = (["stdout", "stderr"] as const).flatMap((stream) => {
      const position = this.access.position(this.descriptors[stream]) ?? 0;
      const isNew = position !== this.state[cells[stream]] && position > this.end;
      this.state[cells[stream]] = position;
      return isNew ? [{ stream, position }] : [];
    });
    return moved.sort((one, other) => one.position - other.position);
  }

  #take({ stream, from, to }: Part, size: number, take: TakeWritten): void {
    const bytes = this.#bytes(from, Math.min(to, from + mostKept));
    // The rest of a character may not have been written yet.
    const whole = to === size && bytes.length === to - from ? wholeCharacters(bytes) : bytes.length;
    const dropped = to - from - bytes.length;
    if (whole > 0) take(stream, decoded(bytes.subarray(0, whole)), dropped);
    this.end = to - (bytes.length - whole);
  }

  #bytes(from: number, to: number): Uint8Array {
    const bytes = new Uint8Array(Math.max(0, to - from));
    return bytes.subarray(0, this.access.read(this.descriptors.stdout, bytes, from));
  }
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function decoded(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** The length without an incomplete UTF-8 character at the end. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte >= 0xc0) return lengthOf(byte) > back ? bytes.length - back : bytes.length;
    if (byte < 0x80) break;
  }
  return bytes.length;
}

/** The number of bytes of a UTF-8 character, by its first byte. */
function lengthOf(byte: number): number {
  if (byte >= 0xf0) return 4;
  return byte >= 0xe0 ? 3 : 2;
}
