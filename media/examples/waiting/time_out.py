"""A time-out by `any`: the client waits for an answer or for a time, whichever comes first. The first answer is there in time. The second
is not: the client gives up, and its place in the queue is gone. So the late answer is not lost in a task that no longer wants it: it
stays in the channel."""
# @tasks client() server()
import cotasks
from cotasks import channel, sleep

questions = channel(0, "questions")
answers = channel(1, "answers")


def client(patience=0.2):
    """Asks twice. `patience` is how long it waits for an answer, in seconds."""
    got = []
    for question in ["quick", "slow"]:
        yield questions.put(question)
        yield f"asked: {question}"
        which, answer = yield cotasks.any(answers.take(), sleep(patience))
        got.append(answer if which == 0 else f"no answer in time: {question}")
    return got


def server(time=2):
    """Answers the quick question at once. `time` is what the slow one takes, in seconds."""
    yield answers.put(f"answer: {(yield questions.take())}")
    question = yield questions.take()
    yield sleep(time)
    yield answers.put(f"answer: {question}")
