// A time-out by `any`: the client waits for an answer or for a time, whichever comes first. The first answer is there in time. The second
// is not: the client gives up, and its place in the queue is gone. So the late answer is not lost in a task that no longer wants it: it
// stays in the channel.
// @tasks client() server()
import { any, channel, sleep, type Task } from "cotasks";

const questions = channel<string>(0, "questions");
const answers = channel<string>(1, "answers");

/** Asks twice. @param patience how long it waits for an answer, in milliseconds */
export function* client(patience = 200): Task<string[]> {
  const got: string[] = [];
  for (const question of ["quick", "slow"]) {
    yield questions.put(question);
    yield `asked: ${question}`;
    const [which, answer] = yield any(answers.take(), sleep(patience));
    got.push(which === 0 ? answer : `no answer in time: ${question}`);
  }
  return got;
}

/** Answers the quick question at once. @param time what the slow one takes, in milliseconds */
export function* server(time = 2_000): Task<void> {
  yield answers.put(`answer: ${yield questions.take()}`);
  const question = yield questions.take();
  yield sleep(time);
  yield answers.put(`answer: ${question}`);
}
