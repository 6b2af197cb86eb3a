/** How the panel looks. It lives in a shadow root: the page around it can neither break it nor be broken by it. */

export const STYLE = `
:host { all: initial; display: block; color-scheme: light dark; }
* { box-sizing: border-box; margin: 0; font: inherit; }
[hidden] { display: none !important; }

.panel {
  all: initial;
  --ground: #ffffff; --raised: #f6f7f9; --ink: #1b1f26; --soft: #566070; --line: #dfe3e8;
  --accent: #1a5fb4; --on-accent: #ffffff; --error: #b3261e; --error-tint: #fdefee;
  --warning: #8a5300; --warning-tint: #fff5e2; --info: #2f5d8a; --info-tint: #eef4fa; --good: #1e6b3c;
  display: flex; flex-direction: column; max-height: inherit; overflow: hidden;
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  color: var(--ink); background: var(--ground); text-align: start; overflow-wrap: anywhere;
}
@media (prefers-color-scheme: dark) {
  .panel {
    --ground: #1d2026; --raised: #262a31; --ink: #eceff4; --soft: #a8b1bf; --line: #3a404a;
    --accent: #8cb8f5; --on-accent: #10233d; --error: #f4a8a1; --error-tint: #30262a;
    --warning: #f0c46c; --warning-tint: #2d2a24; --info: #9cc4ea; --info-tint: #232c36; --good: #8fd3a6;
  }
}

header { display: flex; gap: 12px; align-items: flex-start; padding: 16px 16px 12px; }
header > div { flex: 1; min-width: 0; }
h1, h1:focus-visible { font-size: 17px; line-height: 1.35; font-weight: 650; outline: none; }
.sum { color: var(--soft); font-size: 13px; }
.mark { flex: none; width: 28px; height: 28px; margin-top: -2px; fill: none; stroke: var(--accent); stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
.mark.error { stroke: var(--error); } .mark.warning { stroke: var(--warning); } .mark.good { stroke: var(--good); }
.close { flex: none; width: 28px; height: 28px; padding: 6px; margin: -4px -6px 0 0; border: 0; border-radius: 6px; background: none; color: var(--soft); cursor: pointer; }
.close:hover { background: var(--raised); color: var(--ink); }
.close svg { width: 16px; height: 16px; display: block; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; }

.body { overflow-y: auto; padding: 0 16px 4px; min-height: 0; }
.body:focus-visible { outline-offset: -2px; }
h2 { display: flex; align-items: center; gap: 8px; font-size: 12px; font-weight: 650; margin: 8px 0 6px; }
h2::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: currentColor; }
h2.error { color: var(--error); } h2.warning { color: var(--warning); } h2.info { color: var(--info); }
ul { list-style: none; padding: 0; display: grid; gap: 8px; margin-bottom: 12px; }
li { border-radius: 8px; padding: 10px 12px; border-inline-start: 3px solid var(--tone); background: var(--tint); }
li.error { --tone: var(--error); --tint: var(--error-tint); }
li.warning { --tone: var(--warning); --tint: var(--warning-tint); }
li.info { --tone: var(--info); --tint: var(--info-tint); }
.where { font-size: 12px; color: var(--soft); }
.words { margin: 6px 0 2px; padding: 4px 10px; border-radius: 6px; background: var(--ground); color: var(--ink); font-size: 13px; }
.better { margin-top: 4px; padding-inline-start: 20px; position: relative; color: var(--ink); font-size: 13px; }
.better::before { content: "→"; position: absolute; inset-inline-start: 2px; color: var(--soft); }
.acts { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; align-items: center; }
.told { font-size: 12px; color: var(--soft); }

button { min-height: 32px; padding: 4px 14px; border-radius: 7px; border: 1px solid var(--line); background: var(--ground); color: var(--ink); cursor: pointer; }
button:hover:not([aria-disabled]) { border-color: var(--soft); }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
button.main:hover:not([aria-disabled]) { filter: brightness(1.08); }
li button { min-height: 28px; padding-block: 2px; font-size: 13px; }
button.quiet { padding-inline: 8px; border-color: transparent; background: none; color: var(--soft); }
.acts .quiet:first-child { margin-inline-start: -8px; }
button.quiet:hover:not([aria-disabled]) { color: var(--ink); text-decoration: underline; border-color: transparent; }
button[aria-disabled] { opacity: .55; cursor: default; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

footer { padding: 12px 16px 16px; border-top: 1px solid var(--line); display: grid; gap: 10px; }
footer:empty { display: none; }
.row { display: flex; flex-wrap: wrap; gap: 8px; }
.row .push { margin-inline-start: auto; }
.note { font-size: 13px; color: var(--soft); }
.body > .note { color: var(--ink); margin-bottom: 8px; }
summary { font-size: 13px; color: var(--soft); cursor: pointer; }
details .note { margin-top: 6px; }
.trouble { font-size: 13px; color: var(--error); }
label { display: block; font-weight: 600; margin-bottom: 2px; }
[role=group] .row { margin-top: 10px; }
textarea { width: 100%; min-height: 56px; margin-top: 6px; padding: 6px 10px; resize: vertical; border-radius: 7px; border: 1px solid var(--soft); background: var(--ground); color: var(--ink); }
.live { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.busy { padding: 4px 16px 20px; }
.bar { height: 3px; border-radius: 2px; background: var(--line); overflow: hidden; }
.bar::after { content: ""; display: block; width: 35%; height: 100%; border-radius: 2px; background: var(--accent); animation: go 1.1s ease-in-out infinite; }
@keyframes go { from { transform: translateX(-100%); } to { transform: translateX(300%); } }
@media (prefers-reduced-motion: reduce) { .bar::after { animation: none; width: 100%; } }
`;
