// First file of `npm start`. Plain JavaScript without imports above the check, so that an old Node gets to the message.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `执法学堂需要 Node.js 20.19 或更新版本，当前为 ${process.version}。请到 https://nodejs.org 下载安装后重试。`,
  );
  console.error(
    `Node.js 20.19 or newer is needed; this is ${process.version}. Install it from https://nodejs.org and try again.`,
  );
  process.exit(1);
}

const { startPlatform } = await import('./run/start-platform.ts');
await startPlatform();
export {};
