// Writes workflow commands with GitHub's own toolkit: reads a JSON list of [name, properties, message] from standard
// input, prints a JSON list of what the toolkit would print. The argument is the folder node_modules.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { issueCommand } = await import(pathToFileURL(`${process.argv[2]}/@actions/core/lib/command.js`));
const write = process.stdout.write.bind(process.stdout);
const printed = JSON.parse(readFileSync(0, "utf8")).map(([name, properties, message]) => {
  let text = "";
  process.stdout.write = (chunk) => {
    text += chunk;
    return true;
  };
  issueCommand(name, properties, message);
  process.stdout.write = write;
  return text;
});
write(JSON.stringify(printed));
