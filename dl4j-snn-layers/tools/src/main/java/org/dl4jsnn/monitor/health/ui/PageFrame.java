package org.dl4jsnn.monitor.health.ui;

import org.dl4jsnn.internal.chart.ChartStyle;
import org.dl4jsnn.internal.chart.Html;

/**
 * The frame of a page in Deeplearning4j's style: a dark bar with the session, and links to other
 * pages next to the content. The page is self-contained.
 */
final class PageFrame {

  private static final String STYLE =
      """
      *{box-sizing:border-box}
      body{margin:0;color:#23282c;background:#fff;font:14px/1.5 -apple-system,BlinkMacSystemFont,\
      "Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
      header{display:flex;align-items:center;justify-content:space-between;gap:6px 20px;\
      flex-wrap:wrap;min-height:55px;padding:8px 20px 8px 40px;background:#080808;color:#fff}
      header a{color:#fff;font-size:20px;font-weight:200;text-decoration:none}
      header select{margin-left:8px;max-width:60vw;padding:3px}
      #ended{display:none;color:#f86c6b}
      .ended #ended{display:inline}
      #frame{display:flex;min-height:calc(100vh - 55px)}
      nav{flex:0 0 200px;background:#2f353a}
      nav a{display:flex;align-items:center;gap:11px;padding:12px 16px;color:#fff;\
      text-decoration:none}
      nav a.active,nav a:hover{background:#3a4248}
      nav a.active svg{stroke:#20a8d8}
      nav svg{width:15px;height:15px;fill:none;stroke:#73818f;stroke-width:1.6}
      main{flex:1;min-width:0;padding:16px 20px}
      h2{font-size:16px;margin:8px 0 4px}
      section{margin-bottom:28px}
      .tabs{display:flex;flex-wrap:wrap;gap:6px;margin-bottom:12px}
      .tabs a{padding:5px 12px;background:#eee;color:#1985ac;text-decoration:none}
      .tabs a.active{background:#20a8d8;color:#fff}
      .whole{grid-column:1/-1}
      .maps{display:flex;flex-wrap:wrap;gap:8px;padding:8px 12px 4px;font-size:12px;\
      color:#5c6873}
      .maps img{display:block;image-rendering:pixelated;border:1px solid #c8ced3;\
      box-sizing:content-box}
      .scale{display:flex;align-items:center;gap:8px;margin:0;padding:6px 12px 12px;font-size:13px}
      .scale i{width:160px;height:12px;border:1px solid #c8ced3}
      .wide{margin-bottom:8px}
      #health .charts{margin-top:16px}
      @media(max-width:760px){
      header{padding:8px 12px}
      #frame{display:block}
      nav{display:flex;flex-wrap:wrap}
      nav a{padding:10px 12px;gap:7px}
      main{padding:10px}
      .charts{gap:14px}
      }
      """;

  private static final String SCRIPT =
      """
      document.addEventListener('change', event => {
        if (event.target.matches('header select')) location.href = event.target.value;
      });
      fetch('/train/multisession').then(answer => answer.text()).then(several => {
        if (several === 'true')
          document.querySelectorAll('nav a[data-page]').forEach(link => link.href = '/train');
      }).catch(() => {});
      const parts = ['choice', 'live', 'health'], sources = {};
      for (const id of parts) sources[id] = document.getElementById(id).innerHTML;
      async function refresh() {
        try {
          const answer = await fetch(location.href);
          const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
          for (const id of parts) {
            const now = page.getElementById(id).innerHTML;
            if (now !== sources[id]) {
              document.getElementById(id).innerHTML = now;
              sources[id] = now;
            }
          }
          document.title = page.title;
          document.body.classList.remove('ended');
        } catch (e) {
          document.body.classList.add('ended');
        }
      }
      setInterval(() => { if (!document.hidden) refresh(); }, 2000);
      """;

  private PageFrame() {}

  /** A page, with the selection of sessions and the content as HTML. */
  static String around(String title, String choice, String content) {
    return "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        + "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        + "<link rel='shortcut icon' href='/assets/img/favicon.ico'><title>"
        + Html.escaped(title)
        + "</title><style>"
        + STYLE
        + ChartStyle.CSS
        + "</style></head><body>\n<header><a href='/train'>DL4J Training UI</a>"
        + "<span id='ended'>The program has ended.</span><span id='choice'>"
        + choice
        + "</span></header>\n<div id='frame'><nav>"
        + link("overview", "Overview", "M2 14V8h2v6zM7 14V2h2v12zM12 14V5h2v9z")
        + link("model", "Model", "M2 13l4-7 4 4 4-8M2 13h0")
        + link("system", "System", "M2 12a6 6 0 1 1 12 0zM8 12l3-4")
        + "<a class='active' href='"
        + SpikingPage.ADDRESS
        + "'>"
        + icon("M1 10h4l1-8 2 12 1-4h6")
        + "Spiking</a></nav>\n<main>\n"
        + content
        + "</main></div>\n<script>"
        + SCRIPT
        + "</script></body></html>\n";
  }

  private static String link(String page, String name, String path) {
    return "<a data-page href='/train/" + page + "'>" + icon(path) + name + "</a>";
  }

  private static String icon(String path) {
    return "<svg viewBox='0 0 16 16' aria-hidden='true'><path d='" + path + "'/></svg>";
  }
}
