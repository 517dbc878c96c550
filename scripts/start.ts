// First file of `npm start`: plain JavaScript without imports, so that an old Node reaches the message below.
const MINIMUM = [20, 19];
const version = process.versions.node.split('.').map(Number);
const isTooOld = version[0] < MINIMUM[0] || (version[0] === MINIMUM[0] && version[1] < MINIMUM[1]);
