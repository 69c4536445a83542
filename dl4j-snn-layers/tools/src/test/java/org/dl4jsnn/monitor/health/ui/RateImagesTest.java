package org.dl4jsnn.monitor.health.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.monitor.live.LiveSpikes;
import org.junit.jupiter.api.Test;

class RateImagesTest {

  private static String page(float... rates) {
    List<Float> map = new ArrayList<>();
    for (float rate : rates) {
      map.add(rate);
    }
    return RateImages.html("conv1", new LiveSpikes.Layer.Maps(1, rates.length, 1, List.of(map)));
  }

  @Test
  void shouldBeginAtZeroWithoutNegativeRates() {
    String html = page(0, 0.25f);
    assertTrue(html.contains("<p class='scale'>0<i style='background:linear-gradient(90deg,#FF"));
    assertTrue(html.contains("0.250 spikes per step"), html);
  }

  /** Dark pixels of normalised images fire negative spikes. */
  @Test
  void shouldShowNegativeRates() {
    String html = page(-0.5f, 0.25f);
    assertTrue(html.contains("<p class='scale'>-0.500<i style='background:linear-gradient("), html);
    assertTrue(html.contains("0.500 spikes per step"), html);
  }
}
