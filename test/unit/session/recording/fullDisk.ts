import type { EncodedSection, SectionPlace } from "../../../../src/session/recording/format";
import type { SectionStoreFile } from "../../../../src/session/recording/sectionStore";

/** A file on a disk that rejects writes until there is space again. */
export class FullDisk implements SectionStoreFile {
  readonly isClosed = false;
  isFull = true;

  constructor(readonly file: SectionStoreFile) {}

  content(place: SectionPlace): Uint8Array {
    return this.file.content(place);
  }

  append(sections: readonly EncodedSection[]): readonly SectionPlace[] {
    if (this.isFull) throw new Error("ENOSPC: no space left on device");
    return this.file.append(sections);
  }
}
