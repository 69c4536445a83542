package org.dl4jsnn.internal.chart;

/** The look of charts and tables on web pages, like that of Deeplearning4j's. */
public final class ChartStyle {

  /** A style sheet. Charts are as wide as their container; wide tables scroll inside theirs. */
  public static final String CSS =
      """
      .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,420px),1fr));\
      gap:24px}
      figure.chart{margin:0;border:2px solid #eee;background:#fff;min-width:0}
      figure.chart figcaption{background:#eee;padding:9px 12px;font-weight:bold}
      figure.chart>svg{display:block;width:100%;max-width:620px;margin:8px auto 0}
      svg text{font:12px sans-serif;fill:#5c6873}
      svg .end{text-anchor:end}
      svg .middle{text-anchor:middle}
      svg .grid{stroke:#ddd;fill:none}
      svg .line{fill:none;stroke-linejoin:round}
      svg .spikes{stroke:#23282c;fill:none}
      svg.histogram rect{fill:#20a8d8}
      svg.histogram text{font-size:10px}
      .legend{list-style:none;margin:0;padding:4px 12px 12px;display:flex;flex-wrap:wrap;\
      gap:2px 16px;justify-content:center;font-size:13px}
      .legend i,.mark{display:inline-block;width:11px;height:11px;margin-right:6px}
      .wide{overflow-x:auto}
      table.layers{border-collapse:collapse;width:100%;font-size:13px}
      .layers th,.layers td{padding:6px 9px;border-top:1px solid #eee;text-align:right;\
      vertical-align:middle;white-space:nowrap}
      .layers th:first-child,.layers td:first-child,.layers .words{text-align:left}
      .layers td.words{white-space:normal;min-width:18em}
      .layers .total td{font-weight:bold}
      @media(max-width:600px){figure.chart svg text{font-size:14px}}
      .note{max-width:62em;color:#5c6873;font-size:13px}
      """;

  private ChartStyle() {}
}
