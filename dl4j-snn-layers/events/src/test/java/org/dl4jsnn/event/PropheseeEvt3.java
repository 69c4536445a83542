package org.dl4jsnn.event;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules by which Prophesee's OpenEB reads EVT 3.0 ({@code evt3_decoder.h} with its {@code
 * BasicCheckValidator}), as a second reader: vectors come as a first x and a group of masks of 12,
 * 12 and 8 pixels, whatever the types of the second and the third word are, and only where all 32
 * pixels are on the sensor. TIME_HIGH that goes back must be a wrap by less than 255.
 */
final class PropheseeEvt3 {

  private final int width;
  private final int height;
  private final List<TestEvent> events = new ArrayList<>();
  private int vectors;
  private boolean hasBase;
  private int base;
  private boolean on;
  private int y;
  private int high;
  private int low;
  private long rounds;

  PropheseeEvt3(int width, int height) {
    this.width = width;
    this.height = height;
  }

  List<TestEvent> read(byte[] file, int headerLength) {
    for (int at = headerLength; at + 1 < file.length; at += 2) {
      int payload = payload(file, at);
      switch ((file[at + 1] & 0xFF) >>> 4) {
        case 0 -> y = payload & 0x7FF;
        case 2 -> add(payload & 0x7FF, (payload & 0x800) != 0);
        case 3 -> {
          hasBase = true;
          base = payload & 0x7FF;
          on = (payload & 0x800) != 0;
        }
        case 4 -> {
          vector(payload, payload(file, at + 2), payload(file, at + 4));
          at += 4;
        }
        case 6 -> low = payload;
        case 8 -> timeHigh(payload);
        default -> {
          // Kept but never used, such as a mask of 8 pixels that stands alone.
        }
      }
    }
    return events;
  }

  private static int payload(byte[] file, int at) {
    return file[at] & 0xFF | (file[at + 1] & 0xF) << 8;
  }

  private void vector(int first, int second, int third) {
    if (!hasBase || base + 32 > width) {
      throw new AssertionError("a vector at x = " + base);
    }
    vectors++;
    int mask = first | second << 12 | (third & 0xFF) << 24;
    for (int i = 0; i < 32; i++) {
      if ((mask >>> i & 1) != 0) {
        add(base + i, on);
      }
    }
    base += 32;
  }

  private void timeHigh(int next) {
    if (next < high && next - high + 4095 >= 255) {
      throw new AssertionError("TIME_HIGH goes from " + high + " back to " + next);
    }
    rounds += high >= next + 2048 ? 1 : 0;
    low = high == next ? low : 0;
    high = next;
  }

  private void add(int x, boolean isOn) {
    if (y < height) {
      events.add(new TestEvent(x, y, (rounds << 24) + (high << 12) + low, isOn));
    }
  }

  int vectors() {
    return vectors;
  }
}
