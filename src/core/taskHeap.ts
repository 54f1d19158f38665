/**
 * A heap of tasks ordered by a number each: the least is at hand, and any task's number can be changed, in logarithmic time.
 */
import type { TaskId } from "./task";

/** A binary heap that knows where each task is. Equal keys are told apart by a second number, so the order is total. */
export class TaskHeap {
  #heap: TaskId[] = [];
  #places: number[] = [];
  #keys: number[] = [];
  #ties: number[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** The task with the least key, and of those the one with the least tie. */
  get top(): TaskId | undefined {
    return this.#heap[0];
  }

  has(task: TaskId): boolean {
    return (this.#places[task] ?? -1) >= 0;
  }

  /** The last key of a task, which stays when the task is taken out; 0 for one that never had one. */
  keyOf(task: TaskId): number {
    return this.#keys[task] ?? 0;
  }

  tieOf(task: TaskId): number {
    return this.#ties[task] ?? 0;
  }

  /** Puts a task where its key belongs, whether it is in the heap already or not. */
  set(task: TaskId, key: number, tie: number): void {
    while (this.#places.length <= task) {
      this.#places.push(-1);
      this.#keys.push(0);
      this.#ties.push(0);
    }
    this.#keys[task] = key;
    this.#ties[task] = tie;
    let place = this.#places[task] as number;
    if (place < 0) place = this.#heap.push(task) - 1;
    this.#sink(this.#rise(place, task), task);
  }

  /** Takes a task out; nothing happens where it is not in the heap. */
  delete(task: TaskId): void {
    if (!this.has(task)) return;
    const place = this.#places[task] as number;
    this.#places[task] = -1;
    const last = this.#heap.pop() as TaskId;
    if (last !== task) this.#sink(this.#rise(place, last), last);
  }

  /** The tasks whose key is that of the top, by their ties. */
  atTop(): TaskId[] {
    const found: TaskId[] = [];
    const places = [0];
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      const task = this.#heap[place];
      if (task === undefined || this.#keys[task] !== this.#keys[this.#heap[0] as TaskId]) continue;
      found.push(task);
      places.push(2 * place + 1, 2 * place + 2);
    }
    return found.sort((one, other) => this.tieOf(one) - this.tieOf(other));
  }

  /** An independent copy, which knows the keys of tasks that were taken out as well. */
  copy(): TaskHeap {
    const copy = new TaskHeap();
    copy.#heap = [...this.#heap];
    copy.#places = [...this.#places];
    copy.#keys = [...this.#keys];
    copy.#ties = [...this.#ties];
    return copy;
  }

  #isBefore(one: TaskId, other: TaskId): boolean {
    const [keys, ties] = [this.#keys, this.#ties];
    const [key, otherKey] = [keys[one] as number, keys[other] as number];
    return key < otherKey || (key === otherKey && (ties[one] as number) < (ties[other] as number));
  }

  /** Moves a hole at a place up to where the task belongs. */
  #rise(from: number, task: TaskId): number {
    const heap = this.#heap;
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent] as TaskId;
      if (!this.#isBefore(task, above)) break;
      heap[place] = above;
      this.#places[above] = place;
      place = parent;
    }
    return place;
  }

  /** Moves a hole at a place down to where the task belongs, and puts it there. */
  #sink(from: number, task: TaskId): void {
    const heap = this.#heap;
    let place = from;
    for (let child = 2 * place + 1; child < heap.length; child = 2 * place + 1) {
      if (child + 1 < heap.length && this.#isBefore(heap[child + 1] as TaskId, heap[child] as TaskId)) child += 1;
      const below = heap[child] as TaskId;
      if (!this.#isBefore(below, task)) break;
      heap[place] = below;
      this.#places[below] = place;
      place = child;
    }
    heap[place] = task;
    this.#places[task] = place;
  }
}
