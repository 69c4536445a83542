package org.dl4jsnn.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.style.markers.Marker;

/**
 * A spike, as wide as its step allows and as high as its neuron's row allows. Its upper and lower
 * edges are those of pixels, so that dashes of neighbouring rows stay apart.
 */
final class Dash extends Marker {

  private static final double WIDEST = 24;
  private static final double HIGHEST = 5;

  private final double width;
  private final double height;

  Dash(double width, double height) {
    this.width = Math.max(1, Math.min(WIDEST, width));
    this.height = Math.max(1, Math.min(HIGHEST, Math.floor(height)));
  }

  @Override
  public void paint(Graphics2D graphics, double x, double y, int size) {
    graphics.fill(new Rectangle2D.Double(x - width / 2, Math.round(y - height / 2), width, height));
  }
}
