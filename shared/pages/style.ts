/** All of the pages' looks; they load nothing from elsewhere. */
export const style = `
:root{color-scheme:light;--ink:#1b2028;--soft:#5a6472;--line:#e4e8ec;--field:#f6f8f9;--brand:#0a7a4e;--bad:#b3261e;--wait:#8a5a00}
*{box-sizing:border-box}
body{margin:0;background:#eef1f3;color:var(--ink);font:16px/1.6 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;-webkit-text-size-adjust:100%}
main{max-width:35rem;margin:0 auto;padding:1rem 1rem 2.5rem}
section{background:#fff;border:1px solid var(--line);border-radius:16px;padding:1.5rem 1.25rem;box-shadow:0 1px 3px rgb(27 32 40/6%)}
h1{font-size:1.5rem;line-height:1.35;margin:0}
h2{font-size:1rem;line-height:1.5;margin:1.5rem 0 .5rem}
h2 small{font-weight:400}
p{margin:.75rem 0}
small{font-size:.85rem}
small,.en{color:var(--soft)}
.en{display:block;font-size:.875rem;line-height:1.5}
dl{margin:1.25rem 0;padding:.25rem 1rem;background:var(--field);border-radius:12px}
dl div{display:flex;gap:1rem;justify-content:space-between;padding:.6rem 0;border-top:1px solid var(--line)}
dl div:first-child{border-top:0}
dt{flex:none;color:var(--soft);line-height:1.35}
dt small{display:block;font-size:.75rem}
dd{margin:0;text-align:right;font-weight:600;overflow-wrap:anywhere}
dd small{display:block;font-weight:400}
ul{margin:.5rem 0;padding-left:1.15rem}
li{margin:.4rem 0}
.mark{width:3rem;height:3rem;border-radius:50%;text-align:center;line-height:3rem;font-size:1.5rem;font-weight:600;color:#fff;background:var(--brand);margin-bottom:1rem}
.mark.bad{background:var(--bad)}
.mark.wait{background:var(--wait)}
.ways{display:flex;flex-direction:column;gap:.75rem;margin:1.5rem 0 1rem}
a.button{display:block;text-align:center;padding:.75rem 1rem;border-radius:12px;text-decoration:none;font-weight:600;line-height:1.4;background:var(--brand);border:1px solid var(--brand);color:#fff}
a.button.second{background:#fff;color:var(--brand)}
a.button .en{color:inherit;font-weight:400;font-size:.8125rem}
a.button:focus-visible{outline:3px solid #8fd1b4;outline-offset:2px}
.provider{margin-top:1.5rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.875rem;color:var(--soft);overflow-wrap:anywhere}
.provider p{margin:.35rem 0}
.brand{display:flex;align-items:center;gap:.75rem;padding:.25rem .25rem 1rem;font-weight:600}
.brand img{height:2.25rem;max-width:9rem;object-fit:contain}
footer p{margin:.25rem 0}
footer a{color:inherit}
footer{padding:1rem .25rem 0;color:var(--soft);font-size:.78rem;overflow-wrap:anywhere}
@media(min-width:44rem){
main{padding-top:3rem}
section{padding:2rem}
.ways .computer{order:-1}
.ways .computer.button{background:var(--brand);color:#fff}
.ways .phone.button{background:#fff;color:var(--brand)}
}
`
