// Async functions under the queue of microtasks: three clients share two connections.
const connections = { free: 2, waiting: [] as (() => void)[] };
const served: string[] = [];

function connected(): Promise<void> {
  return new Promise((resolve) => {
    if (connections.free > 0) {
      connections.free -= 1;
      resolve();
    } else connections.waiting.push(resolve);
  });
}

function disconnect(): void {
  const next = connections.waiting.shift();
  if (next) next();
  else connections.free += 1;
}

async function client(name: string): Promise<string> {
  for (let request = 0; request < 2; request += 1) {
    await connected();
    await new Promise((resolve) => setTimeout(resolve, 10));
    served.push(`${name} ${request}`);
    disconnect();
  }
  return name;
}

async function main(): Promise<void> {
  const names = await Promise.all(["ann", "bob", "eve"].map(client));
  console.log(`${names.join(", ")} were served: ${served.join(", ")}`);
}

main();
