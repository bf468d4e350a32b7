// awesome-lint's own rules over texts, without its command line, which wants a repository and the network.
//
// usage: node awesome_lint.mjs [RULE...]   (no rule: all that need neither repository nor network)
// stdin:  JSON lines {"name", "text"}
// stdout: JSON lines {"name", "line", "rule"}, one a message

import {createInterface} from 'node:readline';
import {remark} from 'remark';
import {VFile} from 'vfile';
import config from 'awesome-lint/config.js';

const wanted = process.argv.slice(2);

// Rules about the repository around the list, which a text does not have.
const ABOUT_THE_REPOSITORY = /^(awesome-contributing|awesome-github|awesome-license|file-extension|no-file-name-.*)$/;

const idOf = plugin => (Array.isArray(plugin) ? plugin[0] : plugin).name?.replace(/^remark-lint:/, '') ?? '';

const known = config.map(plugin => idOf(plugin));
for (const rule of wanted) {
	if (!known.includes(rule)) {
		console.error(`awesome-lint has no rule ${rule}; it has ${known.join(', ')}`);
		process.exit(2);
	}
}

// The first two are no rules: they make remark read comments that silence rules, and GitHub's Markdown.
const plugins = config.filter((plugin, index) => {
	const id = idOf(plugin);
	return index < 2 || (wanted.length > 0 ? wanted.includes(id) : !ABOUT_THE_REPOSITORY.test(id));
});

for await (const line of createInterface({input: process.stdin})) {
	const {name, text} = JSON.parse(line);
	const file = await remark().use(plugins).process(new VFile({path: 'readme.md', value: text}));
	for (const message of file.messages) {
		console.log(JSON.stringify({name, line: message.line ?? 1, rule: message.ruleId}));
	}
}
