package org.dl4jsnn.examples.events;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.internal.chart.ChartAxis;
import org.dl4jsnn.plot.Charts;

/**
 * Images of recordings in slices of time side by side, with axes: the time above each, the sensor's
 * pixels to the left and below, and a legend of the colours: ON red, OFF blue, both dark.
 */
public final class EventImages {

  private static final int LEFT = 58;
  private static final int TOP = 26;
  private static final int BOTTOM = 58;
  private static final int GAP = 14;
  private static final int TICK = 4;
  private static final int LINE = 16;

  /** The least room for a tick's number. */
  private static final int TICK_ROOM = 40;

  private static final double MICROSECONDS_A_MILLISECOND = 1000;

  private static final List<String> LEGEND = List.of("x, pixels", "ON: brighter", "OFF: darker");

  private final OnOffImages images;
  private final long from;
  private final long length;

  /** Images without events yet; times in µs. */
  EventImages(SensorSize sensor, long from, long length, int slices) {
    images = new OnOffImages(slices, sensor.width(), sensor.height());
    this.from = from;
    this.length = length;
  }

  /**
   * A recording, in order of time, in slices of equal time, each sensor pixel as a square of {@code
   * scale} units of charts; for notebooks.
   */
  public static BufferedImage of(EventTable events, SensorSize sensor, int slices, int scale) {
    long from = events.t(0);
    long length = (events.t(events.size() - 1) - from) / slices + 1;
    EventImages counts = new EventImages(sensor, from, length, slices);
    counts.add(events);
    return counts.image(scale);
  }

  void add(EventTable events) {
    for (int i = 0; i < events.size(); i++) {
      long slice = Math.floorDiv(events.t(i) - from, length);
      if (slice >= 0 && slice < images.count()) {
        images.add((int) slice, events.x(i), events.y(i), events.on(i), 1);
      }
    }
  }

  /** The number of events that makes a pixel fully red or blue. */
  double fullColour() {
    return images.fullColour();
  }

  /** The slices side by side, each sensor pixel as a square of {@code scale} units of charts. */
  BufferedImage image(int scale) {
    int width = images.width * scale;
    int height = images.height * scale;
    int pitch = Math.max(width, widestTime()) + GAP;
    int whole = Math.max(LEFT + images.count() * pitch, LEFT + legendWidth());
    BufferedImage image = Charts.canvas(whole, TOP + height + BOTTOM);
    Graphics2D graphics = Charts.pen(image);
    for (int slice = 0; slice < images.count(); slice++) {
      int left = LEFT + slice * pitch;
      graphics.drawImage(images.image(slice, scale), left, TOP, null);
      graphics.setColor(Charts.FRAME);
      graphics.drawRect(left - 1, TOP - 1, width + 1, height + 1);
      graphics.setColor(Charts.TEXT);
      graphics.drawString(time(slice), left, TOP - 8);
      xAxis(graphics, left, TOP + height, scale);
    }
    yAxis(graphics, height, scale);
    legend(graphics, TOP + height + BOTTOM - 8);
    graphics.dispose();
    return image;
  }

  private void xAxis(Graphics2D graphics, int left, int top, int scale) {
    for (int x : ticks(images.width, scale)) {
      int at = left + x * scale + scale / 2;
      graphics.drawLine(at, top, at, top + TICK);
      String label = String.valueOf(x);
      graphics.drawString(
          label, at - graphics.getFontMetrics().stringWidth(label) / 2, top + TICK + LINE - 2);
    }
  }

  /** Rows count from the top, as in recordings. */
  private void yAxis(Graphics2D graphics, int height, int scale) {
    FontMetrics metrics = graphics.getFontMetrics();
    for (int y : ticks(images.height, scale)) {
      int at = TOP + y * scale + scale / 2;
      graphics.drawLine(LEFT - 1 - TICK, at, LEFT - 1, at);
      String label = String.valueOf(y);
      graphics.drawString(label, LEFT - TICK - 4 - metrics.stringWidth(label), at + 4);
    }
    String name = "y, pixels";
    graphics.rotate(-Math.PI / 2);
    graphics.drawString(name, -(TOP + height / 2) - metrics.stringWidth(name) / 2, LINE - 2);
    graphics.rotate(Math.PI / 2);
  }

  private static Iterable<Integer> ticks(int pixels, int scale) {
    ChartAxis axis = ChartAxis.whole(0, pixels - 1, Math.max(2, pixels * scale / TICK_ROOM));
    return axis.ticks().stream().map(Double::intValue).toList();
  }

  private void legend(Graphics2D graphics, int baseline) {
    int x = LEFT;
    for (int i = 0; i < LEGEND.size(); i++) {
      if (i > 0) {
        graphics.setColor(i == 1 ? Color.RED : Color.BLUE);
        graphics.fillRect(x, baseline - 10, 11, 11);
        x += LINE;
      }
      graphics.setColor(Charts.TEXT);
      graphics.drawString(LEGEND.get(i), x, baseline);
      x += graphics.getFontMetrics().stringWidth(LEGEND.get(i)) + LINE;
    }
  }

  private static int legendWidth() {
    FontMetrics metrics = metrics();
    int width = 2 * LINE;
    for (String name : LEGEND) {
      width += metrics.stringWidth(name) + LINE;
    }
    return width;
  }

  private int widestTime() {
    return metrics().stringWidth(time(images.count() - 1));
  }

  private static FontMetrics metrics() {
    Graphics2D graphics = Charts.pen(Charts.canvas(1, 1));
    FontMetrics metrics = graphics.getFontMetrics();
    graphics.dispose();
    return metrics;
  }

  /** The time of a slice since the start of the first. */
  private String time(int slice) {
    return String.format(
        Locale.ROOT, "%s–%s ms", milliseconds(slice * length), milliseconds((slice + 1) * length));
  }

  private static String milliseconds(long time) {
    String text = String.format(Locale.ROOT, "%.3f", time / MICROSECONDS_A_MILLISECOND);
    return text.replaceAll("\\.?0+$", "");
  }
}
