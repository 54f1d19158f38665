/**
 * Compresses the built package anew: what writes it knows only the usual level.
 */
import { readFile, writeFile } from "node:fs/promises";
import { compressedAnew } from "./archive";

const archive = process.argv[2] ?? "";

void readFile(archive).then((bytes) => writeFile(archive, compressedAnew(bytes)));
