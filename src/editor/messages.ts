/**
 * VS Code's messages. What they quote of the user's code is text, although it may look like a link. Each resolves with the button that is pressed.
 */
import { window } from "vscode";
import { plain } from "./plain";

type Shown = <T extends string>(text: string, ...buttons: T[]) => Thenable<T | undefined>;

export const showInformation: Shown = (text, ...buttons) => window.showInformationMessage(plain(text), ...buttons);
export const showWarning: Shown = (text, ...buttons) => window.showWarningMessage(plain(text), ...buttons);
export const showFailure: Shown = (text, ...buttons) => window.showErrorMessage(plain(text), ...buttons);

/** A question that has to be answered before anything else. */
export const askFirst: Shown = (text, ...buttons) => window.showWarningMessage(plain(text), { modal: true }, ...buttons);
