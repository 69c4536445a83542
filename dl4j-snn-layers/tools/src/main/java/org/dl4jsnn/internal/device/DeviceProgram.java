package org.dl4jsnn.internal.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.ReadOutPart;
import org.dl4jsnn.spike.FeatureShape;

/** The C99 program of a network of whole numbers. */
public final class DeviceProgram {

  /** Of snn.c and the functions of NAME.c on a Cortex-M4, compiled with -Os. */
  private static final long CODE = 5_800;

  private final String name;
  private final CompactModel model;
  private final long steps;

  /** The whole number of a feature of 1, and their range; 0 without constant currents. */
  private final int one;

  private final SpikeRange features;

  private final int mostInput;
  private final Source source = new Source();
  private final StateLayout state;
  private final DeviceLayers layers;

  /**
   * A program.
   *
   * @param name a C identifier, the prefix of all names
   * @param mostInput the most spikes of an input in a step; 1: a bit each
   * @param featureBits bits behind the point of features behind constant currents
   * @param least the smallest such feature
   * @param most the largest one
   * @param steps the longest window, for which membranes have room
   * @throws IllegalArgumentException if the network holds what the program cannot do
   */
  public DeviceProgram(
      String name,
      CompactModel model,
      int mostInput,
      int featureBits,
      double least,
      double most,
      long steps) {
    this.name = name;
    this.model = model;
    this.steps = steps;
    this.state = new StateLayout(name + "_state");
    double scale = Math.scalb(model.encoding().gain(), featureBits);
    Require.not(
        isDirect() && (scale != Math.rint(scale) || scale < 1),
        "gain of a direct encoding must be a whole number of 1/%s, got %s. Other feature bits may"
            + " help",
        1 << featureBits,
        model.encoding().gain());
    SpikeRange input =
        isDirect()
            ? new SpikeRange((int) Math.floor(scale * least), (int) Math.ceil(scale * most))
            : mostInput == 1 ? SpikeRange.BIT : new SpikeRange(-mostInput, mostInput);
    Require.not(
        input.least() < Short.MIN_VALUE || input.most() > Short.MAX_VALUE,
        "features must be from %s to %s, got %s to %s. Fewer feature bits allow larger ones",
        Short.MIN_VALUE / scale,
        Short.MAX_VALUE / scale,
        least,
        most);
    this.one = isDirect() ? (int) scale : 0;
    this.mostInput = mostInput;
    this.features = isDirect() ? input : new SpikeRange(0, 0);
    this.layers = new DeviceLayers(model, steps, input, featureBits, source, state);
  }

  /** The whole number of a feature of 1. */
  public int one() {
    return one;
  }

  /** What it needs. */
  public DeviceMemory memory() {
    return new DeviceMemory(layers.memory(), layers.tableBytes(), CODE);
  }

  /** Whether a place passes on the network's spikes; not if sums stand for means or rates. */
  public boolean isAsInNetwork(int place) {
    return layers.isAsInNetwork(place);
  }

  /** The most spikes of an input in a step. */
  public int mostInput() {
    return mostInput;
  }

  /** The range of features behind constant currents, as whole numbers. */
  public SpikeRange features() {
    return features;
  }

  /** What a read-out of a sample's spikes must give; null if it reads membranes. */
  private long[] scores(SelfTest test) {
    return layers.scores() == null || test.counts() == null
        ? null
        : layers.scores().of(test.counts(), test.events().size());
  }

  /** The place whose spikes are counted for the scores; −1 if membranes are read. */
  public int scored() {
    return layers.scores() == null ? -1 : layers.scores().place();
  }

  /** The files by name. */
  public Map<String, byte[]> files(List<SelfTest> tests) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("snn.h", resource("snn.h"));
    files.put("snn.c", resource("snn.c"));
    files.put(name + ".h", bytes(header()));
    files.put(name + ".c", bytes(code()));
    files.put("selftest.c", bytes(selfTest(tests)));
    files.put("README.md", bytes(readMe()));
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) {
    try (InputStream in = DeviceProgram.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isDirect() {
    return model.encoding().kind() == CompactEncoding.Kind.DIRECT;
  }

  private String header() {
    FeatureShape input = model.shapes().get(0);
    String guard = name.toUpperCase(java.util.Locale.ROOT) + "_H";
    return Source.format(
            """
        /* The network %1$s. Its state is the caller's; several may be in use at the same time. */
        #ifndef %2$s
        #define %2$s

        #include "snn.h"

        #define %1$s_INPUTS %3$du
        #define %1$s_CLASSES %4$du
        #define %1$s_STEPS %5$du /* the longest window */

        /* An input: %6$d channels of %7$d rows and %8$d columns. */
        #define %1$s_INPUT(channel, row, column) (((row) * %8$du + (column)) * %6$du + (channel))

        %12$s/* A score of 1, divided by the steps so far%9$s, is an output of
           %10$s before its activation. */

        %11$s
        extern const snn_model %1$s_model;

        """,
            name,
            guard,
            input.neurons(),
            layers.outputs(),
            steps,
            input.channels(),
            input.height(),
            input.width(),
            layers.scores() == null ? " where a mean is read" : "",
            layers.scoreUnit(),
            state.definition(),
            isDirect()
                ? Source.format(
                    "#define %s_ONE %d /* a feature of 1; features from %d to %d */\n\n",
                    name, one, features.least(), features.most())
                : "")
        + functions(";\n")
        + "\n#endif\n";
  }

  /** Declarations, or definitions that call those of snn.h. */
  private String functions(String end) {
    StringBuilder text = new StringBuilder();
    function(text, end, "void", "reset", "%s_state *state", "state");
    if (isDirect()) {
      function(
          text,
          end,
          "int",
          "present",
          "%s_state *state, const int16_t *features",
          "state, features");
    }
    function(
        text,
        end,
        "int",
        "step",
        "%s_state *state, const uint32_t *events, size_t count",
        "state, events, count");
    if (!isDirect()) {
      function(
          text, end, "int", "step_frame", "%s_state *state, const int8_t *spikes", "state, spikes");
    }
    function(
        text, end, "void", "scores", "const %s_state *state, int32_t *scores", "state, scores");
    function(text, end, "uint16_t", "answer", "const %s_state *state", "state");
    return text.toString();
  }

  private void function(
      StringBuilder text, String end, String type, String what, String parameters, String passed) {
    text.append(Source.format("%s %s_%s(%s)", type, name, what, Source.format(parameters, name)));
    text.append(
        end.startsWith(";")
            ? end
            : Source.format(
                " {\n  %ssnn_%s(&%s_model, %s);\n}\n\n",
                "void".equals(type) ? "" : "return ", what, name, passed));
  }

  private String code() {
    return Source.format(
            "#include \"%s.h\"\n\n%s\nstatic const snn_place places[] = {\n%s};\n\n",
            name, source.text(), String.join(",\n", layers.places()))
        + Source.format(
            "static const snn_layer layers[] = {\n%s};\n\n", String.join(",\n", layers.layers()))
        + Source.format(
            "const snn_model %s_model = {\n  layers, places, %d, %d, %d, %d, %d, %d, %du, %s};\n\n",
            name,
            layers.layers().size(),
            layers.places().size(),
            layers.outputs(),
            features.least(),
            features.most(),
            mostInput,
            steps,
            "sizeof(" + name + "_state)")
        + functions(" {");
  }

  // ---- The self-test ----

  private String selfTest(List<SelfTest> tests) {
    Source arrays = new Source();
    StringBuilder calls = new StringBuilder();
    for (int k = 0; k < tests.size(); k++) {
      calls.append(sample(k, tests.get(k), arrays));
    }
    return Source.format(
        """
        /* Runs some samples and compares every layer's number of spikes, and the scores, with those
           of the network that this program was made from. Returns 0 if all agree. */
        #include "%1$s.h"

        #include <stdio.h>

        %2$s
        static %1$s_state state;

        static int same(const char *what, int sample, long expected, long got) {
          if (expected != got) {
            printf("sample %%d: %%s must be %%ld, got %%ld\\n", sample, what, expected, got);
          }
          return expected != got;
        }

        static int sample(int number, const int16_t *features, const int32_t *events,
                          const int32_t *counts, int steps, const int32_t *spikes,
                          const int32_t *scores) {
          long sums[%3$d] = {0};
          int32_t got[%4$d];
          int wrong = 0;
          %1$s_reset(&state);
          %5$s
          for (int step = 0; step < steps; step++) {
            uint32_t now[%6$d];
            for (int32_t k = 0; k < counts[step]; k++) {
              now[k] = (uint32_t)*events++;
            }
            wrong += same("step", number, 1, %1$s_step(&state, now, (size_t)counts[step]));
            for (uint16_t place = 0; place < %3$d; place++) {
              sums[place] += (long)(int32_t)snn_spikes(&%1$s_model, &state, place);
            }
          }
          for (int place = 0; place < %3$d; place++) {
            wrong += spikes[place] < 0 ? 0 : same("spikes", number, spikes[place], sums[place]);
          }
          %1$s_scores(&state, got);
          for (int n = 0; scores && n < %4$d; n++) {
            wrong += same("score", number, scores[n], got[n]);
          }
          return wrong;
        }

        int main(void) {
          int wrong = 0;
        %7$s  printf(wrong ? "%%d differences\\n" : "all agree\\n", wrong);
          return wrong != 0;
        }
        """,
        name,
        arrays.text(),
        layers.places().size(),
        layers.outputs(),
        isDirect()
            ? Source.format(
                "wrong += same(\"features\", number, 1, %s_present(&state, features));", name)
            : "(void)features;",
        Math.max(1, tests.stream().mapToInt(SelfTest::mostEvents).max().orElse(1)),
        calls);
  }

  private String sample(int k, SelfTest test, Source arrays) {
    int[] counts = test.events().stream().mapToInt(step -> step.length).toArray();
    int[] events = test.events().stream().flatMapToInt(Arrays::stream).toArray();
    long[] scores = scores(test);
    return Source.format(
        "  wrong += sample(%d, %s, %s, %s, %d, %s, %s);\n",
        k,
        test.features() == null ? "NULL" : arrays.array("features" + k, 16, test.features()),
        arrays.array("events" + k, 32, events.length == 0 ? new int[1] : events),
        arrays.array("counts" + k, 32, counts),
        counts.length,
        arrays.array("spikes" + k, 32, ints(test.spikes())),
        scores == null ? "NULL" : arrays.array("scores" + k, 32, ints(scores)));
  }

  private static int[] ints(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  private String readMe() {
    String names =
        IntStream.range(0, model.parts().size())
            .filter(i -> !(model.parts().get(i) instanceof ReadOutPart))
            .mapToObj(i -> model.parts().get(i).name() + ": " + model.shapes().get(i + 1))
            .collect(Collectors.joining("\n    "));
    return Source.format(
        """
        # %1$s

        A spiking network in whole numbers, as C99: `%1$s.h` has its functions, `%1$s.c` its numbers,
        `snn.c` the simulation.

            %2$s

        Bytes on a Cortex-M4:

            %3$s

        On a computer, with a test that compares it with the network it was made from:

            cc -std=c99 -O2 -o selftest snn.c %1$s.c selftest.c && ./selftest

        For a Cortex-M4:

            arm-none-eabi-gcc -std=c99 -Os -mcpu=cortex-m4 -mthumb -c snn.c %1$s.c
        """,
        name, names, memory().toString().replace("\n", "\n    "));
  }
}
