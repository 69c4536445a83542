package org.dl4jsnn.event;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The lines {@code % keyword value} at the start of Prophesee's files. */
final class PropheseeHeader {

  /** The header's last line, if it has one. */
  static final String END = "end";

  /** The start of each line. */
  static final String MARK = "% ";

  private static final String ENDIANNESS = "endianness";
  private static final String LEGACY = "legacy";

  /**
   * Prophesee's OpenEB takes the words of its own systems below this number as legacy unless the
   * header says otherwise (psee_raw_file_header.cpp).
   */
  private static final int FIRST_NOT_LEGACY = 0x37;

  private final Map<String, HeaderLine> lines = new HashMap<>();

  /** Values by keyword in lower case. */
  PropheseeHeader(List<HeaderLine> header) {
    for (HeaderLine line : header) {
      String[] parts = line.text().split("\\s+", 2);
      String value = parts.length == 2 ? parts[1] : "";
      lines.put(parts[0].toLowerCase(Locale.ROOT), new HeaderLine(line.offset(), value));
    }
  }

  Optional<String> value(String keyword) {
    return Optional.ofNullable(lines.get(keyword)).map(HeaderLine::text);
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** {@code EVT2}, {@code EVT3} or another encoding of a .raw file, if named. */
  Optional<String> encoding() {
    Optional<String> format = value("format").map(text -> text.split(";", 2)[0].strip());
    return format
        .or(
            () ->
                value("evt")
                    .map(version -> "EVT" + version.replaceFirst("[.]0$", "").replace(".", "")))
        .map(name -> name.toUpperCase(Locale.ROOT));
  }

  /** Whether the halves of EVT 2.1 words are swapped, as old cameras send them. */
  boolean isLegacy() {
    String format = value("format").orElse("");
    if (format.contains(ENDIANNESS + "=") || lines.containsKey(ENDIANNESS)) {
      return format.contains(ENDIANNESS + "=" + LEGACY)
          || value(ENDIANNESS).filter(LEGACY::equals).isPresent();
    }
    return isOfProphesee()
        && value("system_id")
            .filter(id -> id.matches("[0-9]{1,9}"))
            .map(Integer::parseInt)
            .filter(id -> id > 0 && id < FIRST_NOT_LEGACY)
            .isPresent();
  }

  /** Whether no other maker is named. */
  private boolean isOfProphesee() {
    return Stream.of("integrator_name", "plugin_integrator_name", "camera_integrator_name")
        .flatMap(keyword -> value(keyword).stream())
        .allMatch("Prophesee"::equals);
  }

  /** Whether the header looks like that of a .dat file. */
  boolean isDat() {
    return value("data").filter(text -> text.startsWith("file containing")).isPresent()
        || lines.containsKey("version");
  }

  /**
   * The size in the header, or that of the camera named there.
   *
   * @throws EventFormatException if the stated size is invalid
   */
  Optional<SensorSize> sensor(ByteSource source) throws EventFormatException {
    HeaderLine format = lines.get("format");
    if (format != null && format.text().contains("width=")) {
      return Optional.of(
          size(source, format, parameter(format, "width"), parameter(format, "height")));
    }
    HeaderLine geometry = lines.get("geometry");
    if (geometry != null) {
      String[] sides = geometry.text().split("x", 2);
      return Optional.of(size(source, geometry, sides[0], sides.length == 2 ? sides[1] : "none"));
    }
    HeaderLine width = lines.get("width");
    if (width != null) {
      return Optional.of(size(source, width, width.text(), value("height").orElse("none")));
    }
    return Stream.of("sensor_name", "plugin_name")
        .flatMap(keyword -> value(keyword).stream())
        .flatMap(name -> SensorSize.ofCamera(name).stream())
        .findFirst();
  }

  private static String parameter(HeaderLine format, String name) {
    for (String part : format.text().split(";")) {
      if (part.startsWith(name + "=")) {
        return part.substring(name.length() + 1);
      }
    }
    return "none";
  }

  private static SensorSize size(ByteSource source, HeaderLine line, String width, String height)
      throws EventFormatException {
    return new SensorSize(
        SensorSize.side(source, line.offset(), "width", width),
        SensorSize.side(source, line.offset(), "height", height));
  }
}
