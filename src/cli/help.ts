/**
 * What `--help` prints.
 */
export const help = `Runs generator functions as cooperative tasks and prints every context switch.

  yieldpoint trace FILE CALL... [options]   run the calls as tasks, in turn, one step each
      --until first|all     stop at the first return or error (the default), or once all tasks are over
      --steps N             stop after N steps
      --format text|jsonl   a table to read (the default), or a JSON object a line
      --policy POLICY       who runs next: round-robin (the default), fcfs, lifo, priority, random, lottery, fair, pct, or
                            a file that exports one; numbers follow the name, as in lottery:counter=3,quantum=2
      --seed N              the seed of a policy that draws; without one it draws one, and the outcome names it. With a
                            policy that takes none it is refused, as is a number for a task that is not there
      --schedule TEXT|@FILE replay a schedule: what an outcome has as "schedule"; its calls are the tasks, if it has any. It says
                            who ran, not what came of it: --against compares that, too
      --against FILE        replay the schedule of a trace that was saved, and compare: the first step that is another one is
                            named, with what was recorded and what came now, and the exit code is 2
      --save FILE           save the trace, to be opened in VS Code or by the commands below; ends in .yieldtrace
      --node PATH           the Node to run the file with; otherwise the one on PATH
      --python PATH         the Python to run the file with; otherwise the one on PATH
  yieldpoint compare FILE CALL... --policies POLICY,POLICY,... [--seed N] [--steps N] [--format text|jsonl]
                            the same tasks under several policies: steps, returns, waits, fairness, outcomes, and who ran when
      --steps N             the most steps of each; 100000 without it
      --node PATH, --python PATH
  yieldpoint list FILE [--format text|jsonl]   the generator functions that can be run as tasks, and those that cannot be called
      --node PATH, --python PATH   what is asked whether the file can be read; nothing of it is run
  yieldpoint show FILE [--format text|jsonl]   the steps of a trace that was saved, as trace prints them,
                            after its policy and the beginning of its schedule; the outcome in jsonl has all of it
      --from N --to M       these steps only
      --task NAME           the steps of this task only; may be given several times
  yieldpoint export FILE --as chrome|jsonl|text|svg [--out FILE]   to a file, or to standard output
      chrome                Chrome Trace Event JSON, for Perfetto: tasks are threads, slices are laid end to end
      jsonl                 what trace prints as jsonl
      text                  a table with a column a task, to be pasted into an issue or a chat
      svg                   the timeline as a picture, readable on light and dark
  yieldpoint stats FILE [--format text|jsonl]   steps, run time, longest slice and wait, and output of each task
  yieldpoint --help
  yieldpoint --version

list prints as jsonl {"name","kind","line","column","parameters","call"}, and of what cannot be called
{"unreachable":NAME,"line","column","barrier":"main|function|block|private|unnamed","where","remedy"}.

A call is any expression in the file's own scope that gives a generator: 'counter()', 'new Worker(2).run()'.

jsonl prints, for trace, show and export:
  {"step":1,"task":"counter","event":"yielded","value":"undefined","line":12,"column":7,"micros":3.1}
      event is yielded, returned, threw or closed; line and column count from 1: of the yield point, or where it was thrown;
      they are absent where there is none. Where a schedule sent or threw a value into the task, "sent" or "thrown" is its
      expression; "closing":true says that the task was told to close. What threw has "error", too:
      {"message":"Error: no price","at":PLACE,"frames":[PLACE,...],"related":[{"name":"cause","message":...},...],"omitted":2}
      message is whole; a PLACE is {"file","line","column","function"}; at is where it was thrown first, absent where that is not
      known; frames are the user's own, innermost first (in JavaScript, of where the error was made); related are the errors that
      it names, each like this one, by the language's names: cause, errors[0], error and suppressed, __cause__, __context__,
      exceptions[0]; omitted says how many more of these there are
  {"output":"stdout","step":1,"text":"..."}
      what was printed in a step, before the line of that step; step 0 is the loading of the file. What timers and
      threads print once all tasks are over comes after the last step: they are waited for, up to 5 seconds.
      "dropped":N says that N more characters were cut off
  {"outcome":{"steps":9,"stopped":"first-return","tasks":{"bogosort":{"state":"returned","value":"[1, 2, 3]"}}}}
      last. stopped is first-return, threw, all-finished, step-limit, schedule-over, held, refused, trace-full,
      stopped (Ctrl-C) or failed; a trace that was saved does not tell it. Of trace and show it has the "policy" with its
      "seed", and the "schedule", which --schedule replays; "noSchedule" in its place says why there is none, as where it
      has more than 4194304 characters (a random run of some millions of steps). A saved trace keeps 32 MB of output:
      "outputLostFrom":N says that what was printed from step N on is not there

Python runs with PYTHONHASHSEED=0 where that is not set, so that sets of texts have the same order every time.

Exit codes: 0 done, 1 a task threw, 2 bad usage or input, a file that cannot be read, a replay that differs from the trace that it is
compared with, or a trace file that is damaged (what is whole of it is printed, and the reason is on stderr), 3 the runner failed,
130 stopped by Ctrl-C.
`;
