package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventWordTest {

  private static final int[] COORDINATES = {0, 1, 33, 34, 127, 128, 32766, 32767};

  @ParameterizedTest
  @CsvSource({"1, 1", "34, 128", "128, 34", "32767, 1", "32768, 32768"})
  void shouldSayWhatLiesOnASensor(int width, int height) {
    SensorSize sensor = new SensorSize(width, height);
    for (int x : COORDINATES) {
      for (int y : COORDINATES) {
        for (boolean on : new boolean[] {false, true}) {
          int place = EventWord.of(x, y, on);
          assertEquals(x, EventWord.x(place));
          assertEquals(y, EventWord.y(place));
          assertEquals(on, EventWord.on(place));
          int[] places = {-1, 0, place, 0, -1};
          assertEquals(sensor.contains(x, y), EventWord.allOn(sensor, places, 1, 4));
        }
      }
    }
  }
}
