package org.dl4jsnn.event;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The sizes of cameras that headers name. */
final class Cameras {

  /** The text to look for in a name, in lower case; a longer text comes before one it contains. */
  private static final Map<String, SensorSize> SIZES = new LinkedHashMap<>();

  static {
    SIZES.put("dvs128", new SensorSize(128, 128));
    SIZES.put("davis240", new SensorSize(240, 180));
    SIZES.put("davis346", new SensorSize(346, 260));
    SIZES.put("davis640", new SensorSize(640, 480));
    SIZES.put("genx320", new SensorSize(320, 320));
    SIZES.put("imx636", new SensorSize(1280, 720));
    SIZES.put("imx646", new SensorSize(1280, 720));
    SIZES.put("gen4", new SensorSize(1280, 720));
    SIZES.put("gen3", new SensorSize(640, 480));
  }

  private Cameras() {}

  static Optional<SensorSize> sizeOf(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SIZES.entrySet().stream()
        .filter(camera -> lower.contains(camera.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
