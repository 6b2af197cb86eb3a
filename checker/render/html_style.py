"""How the HTML report looks: one style sheet, no outside font, picture or script."""

STYLE = """
:root { --ink: #1c2430; --soft: #5b6675; --paper: #f5f6f8; --card: #fff; --line: #dfe3e8; --error: #b42318;
  --warning: #8a5a00; --info: #175cd3; --allow: #05603a; --good: #ecf7f0; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #a3adba; --paper: #12161c; --card: #1b212a;
  --line: #323b47; --error: #ff8a80; --warning: #f5c264; --info: #8ab8ff; --allow: #6fd3a0; --good: #17281f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
main { max-width: 54rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
.languages { float: right; display: flex; gap: .25rem; }
.languages label { padding: .15rem .7rem; border: 1px solid var(--line); border-radius: 1rem; cursor: pointer; }
.languages input { position: absolute; opacity: 0; }
.languages label:has(:checked) { background: var(--ink); color: var(--paper); }
.languages label:has(:focus-visible) { outline: 2px solid var(--info); outline-offset: 2px; }
body:has(#zh:checked) [lang=en], body:has(#en:checked) [lang=zh] { display: none; }
.languages [lang] { display: inline !important; }
.counts { color: var(--soft); margin: 0 0 1.5rem; }
.mail { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  margin: 0 0 1rem; padding: 1rem 1.25rem; }
.mail header { display: flex; gap: .75rem; align-items: baseline; justify-content: space-between; }
.verdict { border-radius: 1rem; border: 1px solid; padding: 0 .7rem; font-size: .85rem; white-space: nowrap; }
.block, .error { color: var(--error); } .confirm, .warning { color: var(--warning); }
.allow { color: var(--allow); } .info { color: var(--info); }
.finding { border-left: 3px solid; padding: .1rem 0 .1rem .9rem; margin: 1rem 0 0; }
.finding > * { color: var(--ink); margin: .2rem 0; }
.finding .name { color: inherit; font-size: .85rem; }
.finding code { color: var(--soft); font: .85rem ui-monospace, monospace; }
blockquote { margin: .3rem 0; padding: .35rem .75rem; border: 1px solid var(--line); border-radius: .4rem;
  overflow-wrap: anywhere; }
blockquote .where { color: var(--soft); font-size: .85rem; margin-right: .6rem; }
mark { background: none; color: inherit; text-decoration: underline wavy;
  text-underline-offset: .25em; font-weight: 600; }
.instead { background: var(--good); border-radius: .4rem; padding: .35rem .75rem; }
.waived { opacity: .6; } details { font-size: .9rem; color: var(--soft); }
@media print { body { background: none; } .languages { display: none; } .mail { break-inside: avoid; } }
"""
