/** The platform's objects that show the present where they are given no time: formats of dates, events and files. */
import { accessor } from "./patches";

type Class = new (...given: never[]) => object;
type Format = (date?: unknown) => unknown;

const { prototype: formats } = Intl.DateTimeFormat;
const formatOf = Object.getOwnPropertyDescriptor(formats, "format")?.get as (this: Intl.DateTimeFormat) => Format;
const timeStampOf = Object.getOwnPropertyDescriptor(Event.prototype, "timeStamp")?.get as (this: Event) => number;

/** What of these is replaced, as it was before user code ran. */
export const plainObjects = {
  format: accessor(formatOf),
  formatToParts: formats.formatToParts,
  timeStamp: accessor(timeStampOf),
  Event,
  CustomEvent,
  File,
} as const;

/**
 * Formats that show the present where they are given no date.
 *
 * @param present gives the date; called with the name of the function
 */
export function formatsBy(present: (call: string) => unknown) {
  const known = new WeakMap<object, Format>();
  return {
    format: accessor(function (this: Intl.DateTimeFormat): Format {
      const plain = formatOf.call(this);
      const made = known.get(this) ?? ((date) => plain(date === undefined ? present("Intl.DateTimeFormat.format()") : date));
      known.set(this, made);
      return made;
    }),
    formatToParts(this: Intl.DateTimeFormat, date?: unknown) {
      const given = date === undefined ? present("Intl.DateTimeFormat.formatToParts()") : date;
      return plainObjects.formatToParts.call(this, given as Date);
    },
  };
}

/**
 * Classes whose objects keep the time at which they were made.
 *
 * @param now the time since the run began, in milliseconds
 * @param date the date
 */
export function stampedBy(now: () => number, date: () => number) {
  const stamps = new WeakMap<object, number>();
  const stamp = (event: object) => {
    const at = stamps.get(event) ?? now();
    stamps.set(event, at);
    return at;
  };
  const events = (plain: Class) =>
    new Proxy(plain, {
      construct(_, given, target) {
        const made = Reflect.construct(plain, given, target) as object;
        stamp(made);
        return made;
      },
    });
  return {
    Event: events(plainObjects.Event as Class),
    CustomEvent: events(plainObjects.CustomEvent as Class),
    // An event that the runtime makes has the time at which the program first asks for it.
    timeStamp: accessor(function (this: Event) {
      timeStampOf.call(this); // throws if it is no event
      return stamp(this);
    }),
    File: new Proxy(plainObjects.File, {
      construct(plain, given, target) {
        const [parts, name, options = {}, ...more] = given;
        const isDated = given.length < 2 || typeof options !== "object" || options?.lastModified !== undefined;
        return Reflect.construct(plain, isDated ? given : [parts, name, { ...options, lastModified: date() }, ...more], target);
      },
    }),
  };
}
