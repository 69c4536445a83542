package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the formats whose records have one size map to the convention, leave out and refuse: AEDAT
 * 2.0 of a DVS128 and of a DAVIS, AEDAT 3.1, DAT, EVT 2.0, 2.1 and 3.0, and N-MNIST.
 */
class RecordDecodersTest {

  private static final String AEDAT_2 = "#!AER-DAT2.0\r\n";
  private static final String AEDAT_3_1 = "#!AER-DAT3.1\r\n";
  private static final String DAT = "% Data file containing CD events.\n% Version 2\n";
  private static final String EVT_2 = "% evt 2.0\n";
  private static final String EVT_2_1 = "% format EVT21;height=720;width=1280\n% end\n";
  private static final String EVT_3 = "% evt 3.0\n% geometry 1280x720\n";
  private static final String NO_SIZE =
      "the file states no sensor size; the smallest that holds the events is used";
  private static final String OTHER_KINDS = " packets of other kinds (frames, motion, …)";

  private static final long TIME = 8L << 28;

  private static final long ON_2 = 1L << 28;

  private static final int Y = 0;

  private static final int X = 0x2000;
  private static final int BASE = 0x3000;
  private static final int VECTOR_12 = 0x4000;
  private static final int VECTOR_8 = 0x5000;
  private static final int LOW = 0x6000;
  private static final int HIGH = 0x8000;
  private static final int ON_3 = 0x800;

  @TempDir private Path folder;

  private static Bytes aedat2(long... words) {
    return new Bytes().text(AEDAT_2).big32(words);
  }

  private static Bytes davis(String chip, long... words) {
    return new Bytes().text(AEDAT_2 + "# AEChip: " + chip + "\r\n").big32(words);
  }

  private static Bytes aedat31(String camera) {
    return new Bytes()
        .text(AEDAT_3_1 + "#Format: RAW\r\n#Source 1: " + camera + "\r\n#!END-HEADER\r\n");
  }

  /** The header of a packet of a DAVIS240C's events. */
  private static Bytes packet(int number, long... words) {
    return packet(aedat31("DAVIS240C"), number).little32(words);
  }

  private static Bytes packet(Bytes before, int number) {
    return Aedat31Writer.packet(before, 1, 8, 0, number);
  }

  private static Bytes dat(String lines, long... words) {
    return new Bytes().text(DAT + lines).bytes(0, 8).little32(words);
  }

  private static Bytes evt2(String lines, long... words) {
    return new Bytes().text(EVT_2 + lines).little32(words);
  }

  private static Bytes evt21(long... words) {
    return new Bytes().text(EVT_2_1).little32(words);
  }

  private static Bytes evt3(int... words) {
    return new Bytes().text(EVT_3).little16(words);
  }

  private static Bytes nMnist(int... bytes) {
    return new Bytes().bytes(bytes);
  }

  private static Arguments maps(Bytes bytes, String sensor, String events, String... notes) {
    return arguments(bytes, sensor, events, List.of(notes));
  }

  static Stream<Arguments> mapped() {
    return Stream.of(
        // Raw (0, 0) is at the lower right; bit 0 set is OFF.
        maps(
            aedat2(0x0000, 10, 0x7FFF, 20, 0x0302, 30),
            "128 x 128",
            "127 127 10 on, 0 0 20 off, 126 124 30 on"),
        // Times have no sign, and are unwrapped.
        maps(
            aedat2(0, 0x7FFFFFFFL, 0, 0xFFFFFFF0L, 0, 5),
            "128 x 128",
            "127 127 2147483647 on, 127 127 4294967280 on, 127 127 4294967301 on"),
        maps(
            aedat2(0, 1, 0x8000, 2, 0, 3),
            "128 x 128",
            "127 127 1 on, 127 127 3 on",
            "left out: 1 external events"),
        maps(
            davis("DAVIS240C", 0x80000123L, 1, 0x80000C00L, 1, 0x80000455L, 2, 0x400, 2)
                .big32(0x800, 3, 0x80000000L, 4),
            "240 x 180",
            "239 179 3 on",
            "left out: 1 external events",
            "left out: 3 words of frames",
            "left out: 1 words of motion"),
        maps(
            packet(2, 239L << 17 | 3 << 2 | 0b11, 7, 179 << 2 | 1, 8),
            "240 x 180",
            "239 3 7 on, 0 179 8 off"),
        // The packet's overflow is above the timestamps.
        maps(
            Aedat31Writer.packet(aedat31("DVS128"), 1, 8, 3, 1).little32(1, 0x7FFFFFFF),
            "128 x 128",
            "0 0 8589934591 off"),
        maps(
            packet(
                    // A packet of another kind, and one of another source.
                    Aedat31Writer.packet(packet(3, 1, 1, 0, 2, 1, 3), 2, 100_000, 0, 1)
                        .bytes(new int[100_000])
                        .little16(1, 9)
                        .little32(8, 4, 0, 1, 1, 1)
                        .little32(1, 4),
                    1)
                .little32(1, 5),
            "240 x 180",
            "0 0 1 off, 0 0 3 off, 0 0 5 off",
            "left out: 1 events marked invalid",
            "left out: 1 packets of another source",
            "left out: 1" + OTHER_KINDS),
        // A packet of several events of another kind, and an empty one.
        maps(
            packet(
                    packet(
                        Aedat31Writer.packet(aedat31("DVS128"), Short.MAX_VALUE, 10, 0, 3)
                            .bytes(new int[30]),
                        0),
                    1)
                .little32(1, 5),
            "128 x 128",
            "0 0 5 off",
            "left out: 1" + OTHER_KINDS),
        maps(
            packet(
                    Aedat31Writer.packet(
                            Aedat31Writer.packet(aedat31("DAVIS346"), 2, 40, 0, 1)
                                .raw(new byte[40]),
                            3,
                            36,
                            0,
                            2)
                        .raw(new byte[72]),
                    1)
                .little32(345 * 131072L + 259 * 4 + 3, 77),
            "346 x 260",
            "345 259 77 on",
            "left out: 2" + OTHER_KINDS),
        maps(
            dat("", 9, 1L << 28 | 5 << 14 | 300, 0xFFFFFFFFL, 7 << 14 | 2, 3, 0),
            "301 x 8",
            "300 5 9 on, 2 7 4294967295 off, 0 0 4294967299 off",
            NO_SIZE),
        maps(
            evt2("", TIME + 2, ON_2 | 2 << 22 | 639 << 11 | 479, 63 << 22 | 1),
            "640 x 480",
            "639 479 130 on, 0 1 191 off",
            NO_SIZE),
        maps(
            evt2("", TIME + 0xFFFFFFF, 0, TIME + 1, 0),
            "1 x 1",
            "0 0 17179869120 off, 0 0 17179869248 off",
            NO_SIZE),
        maps(
            evt2("", 0, 0, TIME, 10L << 28, 13L << 28, 14L << 28, 15L << 28, 0),
            "1 x 1",
            "0 0 0 off",
            "left out: 2 events before the first TIME_HIGH",
            "left out: 1 external triggers",
            "left out: 2 words of monitoring",
            "left out: 1 words of motion",
            NO_SIZE),
        // A mask goes to the right.
        maps(
            evt21(0, TIME + 3, 0x80000005L, ON_2 + 7 * 0x400000L + 1000 * 0x800L + 719),
            "1280 x 720",
            "1000 719 199 on, 1002 719 199 on, 1031 719 199 on"),
        maps(
            evt21(1, 0, 0, TIME, 0, 0xA0000000L, 0, 0xE0000000L, 1, 0),
            "1280 x 720",
            "0 0 0 off",
            "left out: 1 events before the first TIME_HIGH",
            "left out: 1 external triggers",
            "left out: 1 words of monitoring"),
        maps(
            new Bytes()
                .text("% evt 2.1\n% endianness legacy\n% end\n")
                .little32(TIME, 0, 3 * 0x800 + 2, 1),
            "4 x 3",
            "3 2 0 off",
            NO_SIZE),
        maps(
            evt3(HIGH + 1, LOW + 2, Y + 719, X + ON_3 + 1279, Y + 0x800 + 3, X + 7),
            "1280 x 720",
            "1279 719 4098 on, 7 3 4098 off"),
        maps(
            evt3(HIGH, LOW, Y, BASE + ON_3 + 100, VECTOR_12 + 0b1000_0000_0001)
                .little16(VECTOR_12, VECTOR_8 + 0xF02, VECTOR_8 + 1),
            "1280 x 720",
            "100 0 0 on, 111 0 0 on, 125 0 0 on, 132 0 0 on"),
        maps(
            evt3(HIGH + 4095, LOW + 9, Y, X, HIGH, LOW + 1, X),
            "1280 x 720",
            "0 0 16773129 off, 0 0 16777217 off"),
        // Old lower bits do not go under new upper ones.
        maps(
            evt3(HIGH, LOW + 4095, Y, X, HIGH, X, HIGH + 1, X, LOW + 5, X),
            "1280 x 720",
            "0 0 4095 off, 0 0 4095 off, 0 0 4096 off, 0 0 4101 off"),
        maps(
            evt3(X, Y, X, HIGH, VECTOR_8 + 1, 0xA000, 0xE000, 0x7000, 0xF000, X + 4),
            "1280 x 720",
            "4 0 0 off",
            "left out: 2 events before the first TIME_HIGH and y",
            "left out: 1 external triggers",
            "left out: 1 vectors without a first x",
            "left out: 3 words of monitoring"),
        // A mask that is left out moves the vector, too.
        maps(
            evt3(Y, BASE, VECTOR_12 + 1, HIGH + 1, VECTOR_12 + 1),
            "1280 x 720",
            "12 0 4096 off",
            "left out: 1 events before the first TIME_HIGH and y"),
        // A vector up to the edge.
        maps(
            evt3(HIGH, Y, BASE + 1275, VECTOR_12 + 0b1_1111),
            "1280 x 720",
            "1275 0 0 off, 1276 0 0 off, 1277 0 0 off, 1278 0 0 off, 1279 0 0 off"),
        maps(
            nMnist(33, 2, 1, 2, 3, 0, 31, 255, 255, 255),
            "34 x 32",
            "33 2 66051 off, 0 31 8388607 on",
            NO_SIZE),
        // Row 240 adds the counter's range.
        maps(
            nMnist(1, 1, 0, 31, 0, 0, 240, 0, 0, 0, 2, 2, 0, 0, 5),
            "3 x 3",
            "1 1 7936 off, 2 2 8197 off",
            NO_SIZE),
        // Recognised though it begins like another format.
        maps(nMnist(37, 32, 0, 0, 1), "38 x 33", "37 32 1 off", NO_SIZE),
        maps(nMnist('P', 'K', 0, 0, 1), "81 x 76", "80 75 1 off", NO_SIZE));
  }

  @ParameterizedTest
  @MethodSource("mapped")
  void shouldMapToTheConvention(Bytes bytes, String sensor, String events, List<String> notes)
      throws IOException {
    Recorded recorded = Recorded.in(folder, bytes);
    assertEquals(events, text(recorded.events()));
    assertEquals(sensor, recorded.table().sensor().toString());
    assertEquals(notes, recorded.notes());
  }

  private static String text(List<TestEvent> events) {
    return events.stream()
        .map(e -> e.x() + " " + e.y() + " " + e.t() + (e.on() ? " on" : " off"))
        .collect(Collectors.joining(", "));
  }

  /** The fields of a packet's header after the source, in which one is wrong. */
  private static Arguments packetRefused(String expected, int source, int type, long... fields) {
    Bytes bytes = aedat31("DAVIS240C").little16(type, source).little32(fields);
    return arguments(bytes, aedat31("DAVIS240C").toArray().length, expected);
  }

  static Stream<Arguments> refused() {
    int packets = aedat31("DAVIS240C").toArray().length;
    String sized = DAT + "% Width 304\n% Height 240\n";
    String side = "the sensor's width must be from 1 to 32768, got ";
    String noHeight = "the sensor's height must be from 1 to 32768, got none";
    String chip = "AEChip must be a DVS128, or a DAVIS240, DAVIS346 or DAVIS640, got";
    String unfinished = "the file must end with a whole record, got ";
    return Stream.of(
        arguments(aedat2(0, 1, 0x10000, 2), 22, "the address must be below 65536, got 0x10000"),
        arguments(
            davis("eu.seebetter.ini.chips.sbret10.SBret10"),
            14,
            chip + " eu.seebetter.ini.chips.sbret10.SBret10"),
        arguments(davis("eu.seebetter.ini.chips.davis.DAVIS1024", 0, 0), 14, chip),
        // Data after the header is not mistaken for it.
        arguments(
            new Bytes().text(AEDAT_2 + "#End Of ASCII Header\r\n#\n").big32(0),
            36,
            unfinished + "6"),
        arguments(
            davis("DAVIS240C", 240 * 0x1000, 0),
            35,
            "(x, y) must be on the sensor of 240 x 180, got (-1, 179)"),
        packetRefused("eventTSOverflow must not be negative, got -1", 0, 1, 8, 4, -1, 1, 1, 1),
        packetRefused("eventNumber must not be negative, got -5", 0, 1, 8, 4, 0, -5, -5, 0),
        packetRefused("eventCapacity must be eventNumber, 1, got 2", 0, 1, 8, 4, 0, 2, 1, 1),
        packetRefused("eventValid must be from 0 to eventNumber, 1, got 2", 0, 1, 8, 4, 0, 1, 1, 2),
        packetRefused("eventSize of polarity events must be 8, got 9", 0, 1, 9, 4, 0, 1, 1, 1),
        packetRefused("eventTSOffset of polarity events must be 4, got 0", 0, 1, 8, 0, 0, 1, 1, 1),
        packetRefused("eventSize must be positive, got 0", 0, 2, 0, 4, 0, 1, 1, 1),
        packetRefused("eventType must be below 32768, got 32769", 0, 0x8001, 8, 4, 0, 1, 1, 1),
        // Sizes of packets are not trusted.
        arguments(
            packet(Integer.MAX_VALUE, 1, 1),
            packets + 36,
            unfinished + "all but 2147483646 events of its last"),
        arguments(
            Aedat31Writer.packet(aedat31("DAVIS240C"), 2, Integer.MAX_VALUE, 0, Integer.MAX_VALUE),
            packets + 28,
            unfinished + "all but"),
        arguments(packet(1, 1, -1), packets + 28, "the timestamp must not be negative, got -1"),
        arguments(
            packet(1, 240L << 17 | 1, 1),
            packets + 28,
            "(x, y) must be on the sensor of 240 x 180, got (240, 0)"),
        arguments(
            new Bytes().text(AEDAT_3_1 + "#Format: SerializedTS\r\n#!END-HEADER\r\n"),
            14,
            "Format must be RAW, got SerializedTS"),
        arguments(
            new Bytes().text(AEDAT_3_1).bytes(0),
            14,
            "the header must end with #!END-HEADER, got none"),
        arguments(
            new Bytes().text(sized).bytes(0, 8).little32(0, 0, 0, 304),
            sized.length() + 10,
            "(x, y) must be on the sensor of 304 x 240, got (304, 0)"),
        arguments(dat("% Width 0\n% Height 5\n", 0, 0), DAT.length(), side + "0"),
        arguments(dat("% Width 99999999999\n", 0, 0), DAT.length(), side + "9999"),
        arguments(dat("% Width 5\n", 0, 0), DAT.length(), noHeight),
        arguments(
            new Bytes().text("% Data file containing CD events\n% Version 1\n"),
            0,
            "Version of a .dat file must be 2, got 1"),
        arguments(
            new Bytes().text(DAT).bytes(14, 8),
            DAT.length(),
            "events must be of type 0 or 12 and size 8, got type 14"),
        arguments(
            new Bytes().text(DAT).bytes(0),
            DAT.length(),
            "the type and size of events must follow the header"),
        arguments(dat("", 0, 2L << 28), DAT.length() + 2, "the polarity must be 0 or 1, got 2"),
        arguments(
            evt2("", TIME, 5L << 28),
            EVT_2.length() + 4,
            "the type of a word must be 0, 1, 8, 10 or 13 to 15, got 5"),
        arguments(evt2("% geometry 320\n"), EVT_2.length(), noHeight),
        arguments(evt2("% geometry wide\n"), EVT_2.length(), side + "wide"),
        arguments(evt2("% format EVT2;width=5\n"), EVT_2.length(), noHeight),
        arguments(
            evt21(0, 0x30000000L),
            EVT_2_1.length(),
            "the type of a word must be 0, 1, 8, 10 or 13 to 15, got 3"),
        arguments(
            evt3(HIGH, 0x1000),
            EVT_3.length() + 2,
            "the type of a word must be 0, 2 to 8, 10, 14 or 15, got 1"),
        arguments(
            evt3(HIGH, Y, BASE + 1275, VECTOR_12 + 0b11_1111),
            EVT_3.length() + 6,
            "(x, y) must be on the sensor of 1280 x 720, got (1280, 0)"),
        arguments(
            nMnist(1, 1, 0, 0, 9, 2, 2, 0, 0, 3), 0, "it must be a recording in AEDAT 2.0, "));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void shouldRefuse(Bytes bytes, long offset, String expected) throws IOException {
    Recorded.in(folder, bytes).assertRefused(offset, expected);
  }

  @ParameterizedTest
  @CsvSource({
    "eu.seebetter.ini.chips.davis.DAVIS240C, 240, 180",
    "eu.seebetter.ini.chips.davis.Davis346B, 346, 260",
    "eu.seebetter.ini.chips.davis.Davis640, 640, 480"
  })
  void shouldFindTheUpperLeftOfEachChip(String chip, int width, int height) throws IOException {
    long upperLeft = (height - 1L) * 0x400000 + (width - 1) * 0x1000;
    Recorded file = Recorded.in(folder, davis(chip, upperLeft + 0x800, 5, 0, 6));
    assertEquals(
        List.of(new TestEvent(0, 0, 5, true), new TestEvent(width - 1, height - 1, 6, false)),
        file.events());
    assertEquals(new SensorSize(width, height), file.table().sensor());
  }

  @Test
  void shouldReadAnUnfinishedPacketIfItMay() throws IOException {
    byte[] bytes = packet(Integer.MAX_VALUE, 1, 1).toArray();
    Path cut = Files.write(folder.resolve("cut"), bytes);
    assertEquals(1, EventFiles.read(cut, ReadOptions.defaults().keepingTruncated()).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "geometry 320x200                                       | 320 x 200",
        "format EVT2;height=720;width=1280                      | 1280 x 720",
        "plugin_name hal_plugin_gen31_fx3                       | 640 x 480",
        "plugin_name hal_plugin_gen41_evk3                      | 1280 x 720",
        "sensor_name IMX636; plugin_name hal_plugin_prophesee | 1280 x 720",
        "plugin_name unknown                                    | 3 x 4"
      })
  void shouldTakeTheSizeFromTheHeaderOfEvt2(String line, String sensor) throws IOException {
    Bytes bytes = evt2("% " + line.replace("; ", "\n% ") + "\n", TIME, 2 << 11 | 3);
    assertEquals(sensor, Recorded.in(folder, bytes).table().sensor().toString());
  }

  /** As Prophesee's reader decides. */
  @ParameterizedTest
  @CsvSource({
    "integrator_name Prophesee, system_ID 49, true",
    "camera_integrator_name Prophesee, system_ID 54, true",
    "date 2023-03-29, system_ID 49, true",
    "integrator_name Prophesee, system_ID 55, false",
    "integrator_name Prophesee, system_ID 0, false",
    "integrator_name Prophesee, system_ID none, false",
    "integrator_name Prophesee, plugin_name other, false",
    "camera_integrator_name Other, system_ID 49, false",
    "endianness little, system_ID 49, false",
    "format EVT21;endianness=little;height=720;width=1280, system_ID 49, false",
    "endianness legacy, system_ID 55, true",
  })
  void shouldKnowTheOrderOfEvt21ByTheCameraIfTheHeaderNamesNone(
      String first, String second, boolean legacy) throws IOException {
    Bytes bytes =
        new Bytes()
            .text(
                "% format EVT21;height=720;width=1280\n% " + first + "\n% " + second + "\n% end\n");
    long[] halves = {TIME, 0, 3 * 0x800 + 2, 1};
    for (int i = 0; i < halves.length; i++) {
      bytes.little32(halves[legacy ? i : i ^ 1]);
    }
    assertEquals(List.of(new TestEvent(3, 2, 0, false)), Recorded.in(folder, bytes).events());
  }

  @Test
  void shouldStayOffTheSensorBehindManyEmptyVectorsOfEvt3() {
    Evt3State state = new Evt3State();
    state.vectorX = SensorSize.LARGEST - 1;
    state.passMask(12);
    state.passMask(8);
    assertEquals(SensorSize.LARGEST, state.vectorX);
  }

  @Test
  void shouldRefuseEventsOfNMnistOffTheSensorThatIsAskedFor() throws IOException {
    Path file = Recorded.in(folder, nMnist(1, 1, 0, 0, 0, 34, 1, 0, 0, 1)).file();
    ReadOptions sized = ReadOptions.defaults().sensor(34, 34);
    assertBegins(
        EventFormatException.class,
        file + " at byte 5: (x, y) must be on the sensor of 34 x 34, got (34, 1)",
        () -> EventFiles.read(file, sized));
  }

  @Test
  void shouldReadTimesOfNMnistThatFallIfNamed() throws IOException {
    ReadOptions options =
        ReadOptions.defaults().as(EventFormat.N_MNIST).backward(BackwardTimestamps.SORT);
    Path file = Recorded.in(folder, nMnist(1, 1, 0, 0, 9, 2, 2, 0, 0, 3)).file();
    assertEquals("2 2 3 off, 1 1 9 off", text(TestEvent.of(EventFiles.read(file, options))));
  }
}
