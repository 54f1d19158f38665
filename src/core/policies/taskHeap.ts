/**
 * A heap of tasks, each ordered by a number. The least is available in constant time, and any task's number can be changed in
 * logarithmic time.
 */
import type { TaskId } from "../task";

/**
 * A binary heap that knows the position of each task. Equal keys are ordered by a second number, so the order is total. Keys are
 * stored by heap position, not by task: compared keys are then close to each other in memory, which is faster with thousands of
 * tasks.
 */
export class TaskHeap {
  #tasks: TaskId[] = [];
  #keys: number[] = [];
  #ties: number[] = [];
  /** The position of each task, -1 for a task that is not in the heap. */
  #places: number[] = [];

  get size(): number {
    return this.#tasks.length;
  }

  /** The task with the least key; among equal keys, the one with the least tie. */
  get top(): TaskId | undefined {
    return this.#tasks[0];
  }

  has(task: TaskId): boolean {
    return (this.#places[task] ?? -1) >= 0;
  }

  /** The key of a task, 0 if it is not in the heap. */
  keyOf(task: TaskId): number {
    return this.#keys[this.#places[task] ?? -1] ?? 0;
  }

  /** Adds a task with a key, or changes the key of a task that is in the heap. */
  set(task: TaskId, key: number, tie: number): void {
    while (this.#places.length <= task) this.#places.push(-1);
    const known = this.#places[task] as number;
    const place = known < 0 ? this.#tasks.length : known;
    this.#sink(this.#rise(place, key, tie), task, key, tie);
  }

  /** Removes a task; does nothing if it is not in the heap. */
  delete(task: TaskId): void {
    if (!this.has(task)) return;
    const place = this.#places[task] as number;
    this.#places[task] = -1;
    const [last, key, tie] = [this.#tasks.pop() as TaskId, this.#keys.pop() as number, this.#ties.pop() as number];
    if (last !== task) this.#sink(this.#rise(place, key, tie), last, key, tie);
  }

  /** The tasks whose key equals the least one, ordered by their ties. */
  atTop(): TaskId[] {
    const found: number[] = [];
    const places = [0];
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      if (place >= this.#tasks.length || this.#keys[place] !== this.#keys[0]) continue;
      found.push(place);
      places.push(2 * place + 1, 2 * place + 2);
    }
    const ties = this.#ties;
    return found
      .sort((one, other) => (ties[one] as number) - (ties[other] as number))
      .map((place) => this.#tasks[place] as TaskId);
  }

  /** An independent copy. */
  copy(): TaskHeap {
    const copy = new TaskHeap();
    copy.#tasks = [...this.#tasks];
    copy.#keys = [...this.#keys];
    copy.#ties = [...this.#ties];
    copy.#places = [...this.#places];
    return copy;
  }

  /** Whether the entry at a position comes before a key and its tie. */
  #isBefore(place: number, key: number, tie: number): boolean {
    const known = this.#keys[place] as number;
    return known < key || (known === key && (this.#ties[place] as number) < tie);
  }

  /** Moves a hole up from a position to where a key belongs. */
  #rise(from: number, key: number, tie: number): number {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.#isBefore(parent, key, tie)) break;
      this.#move(parent, place);
      place = parent;
    }
    return place;
  }

  /** Moves a hole down from a position to where a task belongs, and puts the task there. */
  #sink(from: number, task: TaskId, key: number, tie: number): void {
    const { length } = this.#tasks;
    let place = from;
    for (let child = 2 * place + 1; child < length; child = 2 * place + 1) {
      const sibling = child + 1;
      if (sibling < length && this.#isBefore(sibling, this.#keys[child] as number, this.#ties[child] as number)) child = sibling;
      if (!this.#isBefore(child, key, tie)) break;
      this.#move(child, place);
      place = child;
    }
    this.#tasks[place] = task;
    this.#keys[place] = key;
    this.#ties[place] = tie;
    this.#places[task] = place;
  }

  #move(from: number, to: number): void {
    const task = this.#tasks[from] as TaskId;
    this.#tasks[to] = task;
    this.#keys[to] = this.#keys[from] as number;
    this.#ties[to] = this.#ties[from] as number;
    this.#places[task] = to;
  }
}
