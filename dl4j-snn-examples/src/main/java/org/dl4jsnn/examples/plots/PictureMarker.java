package org.dl4jsnn.examples.plots;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.knowm.xchart.style.markers.Marker;

/**
 * A picture at a point of a chart. XChart's own annotations would be drawn elsewhere in charts that
 * are lower than the distance of their ticks.
 */
final class PictureMarker extends Marker {

  private final BufferedImage picture;

  PictureMarker(BufferedImage picture) {
    this.picture = picture;
  }

  @Override
  public void paint(Graphics2D graphics, double x, double y, int size) {
    int left = (int) Math.round(x - picture.getWidth() / 2.0);
    int top = (int) Math.round(y - picture.getHeight() / 2.0);
    graphics.drawImage(picture, left, top, null);
  }
}
