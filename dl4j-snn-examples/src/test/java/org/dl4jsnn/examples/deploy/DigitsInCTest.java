package org.dl4jsnn.examples.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.CCompiler;
import org.dl4jsnn.data.EventDataSetIterator;
import org.dl4jsnn.deploy.CExport;
import org.dl4jsnn.deploy.FeatureRange;
import org.dl4jsnn.deploy.IntegerNetwork;
import org.dl4jsnn.deploy.IntegerQuantization;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.EmbeddedDigits;
import org.dl4jsnn.examples.plots.PretrainedNetworks;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** The LeNet5 that comes along as a C program: its answers, and the memory that it takes. */
class DigitsInCTest {

  private static final int STEPS = 8;

  /** A pixel of 1 times the encoding's gain of 0.5. */
  private static final int ONE = 8;

  private static final FeatureRange PIXELS = new FeatureRange(4, 0, 1);
  private static final int DIGITS = Cases.all() ? 2000 : 50;
  private static final int ON_THE_DEVICE = Cases.all() ? 200 : 5;
  private static final String ARM = "arm-none-eabi-gcc";
  private static final String QEMU = "qemu-system-arm";

  /** The program's files, which tests add to. */
  @TempDir static Path folder;

  private static IntegerNetwork<MultiLayerNetwork> chip;
  private static String memory;

  @BeforeAll
  static void write() throws IOException {
    chip =
        IntegerQuantization.toBits(8)
            .membraneBits(16, STEPS, PIXELS)
            .quantize(SpikingNetworks.lenet5().pretrained());
    memory = CExport.named("digits").features(PIXELS).write(chip, folder);
    for (String file : List.of("host.c", "cortex.c", "mps2.ld")) {
      try (InputStream in = DigitsInCTest.class.getResourceAsStream(file)) {
        Files.write(folder.resolve(file), in.readAllBytes());
      }
    }
  }

  private static List<Path> files(String... names) {
    return Stream.of(names).map(folder::resolve).toList();
  }

  /** Pixels in whole numbers, and the network's answers to just these. */
  private List<int[]> pixels(INDArray digits) {
    List<int[]> all = new ArrayList<>();
    for (int i = 0; i < digits.rows(); i++) {
      int[] whole = new int[digits.columns()];
      for (int n = 0; n < whole.length; n++) {
        whole[n] = (int) Math.rint(digits.getDouble(i, n) * ONE);
        digits.putScalar(i, n, whole[n] / (double) ONE);
      }
      all.add(whole);
    }
    return all;
  }

  @Test
  void shouldAnswerAsTheNetworkDoes() throws Exception {
    Path program =
        CCompiler.of("cc", "-O2")
            .program(folder.resolve("host"), files("host.c", "snn.c", "digits.c"));
    Path selfTest =
        CCompiler.of("cc")
            .program(folder.resolve("test"), files("selftest.c", "snn.c", "digits.c"));
    assertEquals(List.of("all agree"), CCompiler.run("", selfTest.toString()));
    DataSet digits = EmbeddedDigits.test(DIGITS, DIGITS).next();
    INDArray trained = SpikingNetworks.lenet5().pretrained().output(digits.getFeatures()).argMax(1);
    List<int[]> pixels = pixels(digits.getFeatures());
    StringBuilder input = new StringBuilder(STEPS + " " + DIGITS + "\n");
    pixels.forEach(digit -> append(input, digit, " ").append('\n'));
    List<String> answers = CCompiler.run(input.toString(), program.toString());
    INDArray expected = chip.network().output(digits.getFeatures()).argMax(1);
    INDArray labels = digits.getLabels().argMax(1);
    int right = 0;
    int rightInSinglePrecision = 0;
    for (int i = 0; i < DIGITS; i++) {
      assertEquals(String.valueOf(expected.getInt(i)), answers.get(i), "digit " + i);
      right += expected.getInt(i) == labels.getInt(i) ? 1 : 0;
      rightInSinglePrecision += trained.getInt(i) == labels.getInt(i) ? 1 : 0;
    }
    assertTrue(right >= rightInSinglePrecision - 0.002 * DIGITS - 1, right + " right");
  }

  private static StringBuilder append(StringBuilder text, int[] values, String separator) {
    for (int value : values) {
      text.append(value).append(separator);
    }
    return text;
  }

  /** Within the five per cent that a compiler may differ by. */
  @Test
  void shouldTakeTheMemoryThatItPrints() throws Exception {
    CCompiler arm = CCompiler.of(ARM, "-Os", "-mcpu=cortex-m4", "-mthumb", "-c");
    Files.writeString(
        folder.resolve("state.c"), "#include \"digits.h\"\ndigits_state digits_in_ram;\n");
    long flash = 0;
    long ram = 0;
    for (String name : List.of("snn", "digits", "state")) {
      Path object = arm.program(folder.resolve(name + ".o"), files(name + ".c"));
      String[] sizes =
          CCompiler.run("", "arm-none-eabi-size", object.toString()).get(1).trim().split("\\s+");
      flash += Long.parseLong(sizes[0]) + Long.parseLong(sizes[1]);
      ram += Long.parseLong(sizes[1]) + Long.parseLong(sizes[2]);
    }
    Matcher printed =
        Pattern.compile("bytes\\s+([\\d,]+)\\s+([\\d,]+)$", Pattern.MULTILINE).matcher(memory);
    assertTrue(printed.find(), memory);
    assertEquals(flash, number(printed.group(1)), 0.05 * flash, memory);
    assertEquals(ram, number(printed.group(2)), 0.05 * ram, memory);
    assertTrue(ram < 64 * 1024, ram + " bytes of RAM");
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace(",", ""));
  }

  @Test
  void shouldAnswerOnACortexM4() throws Exception {
    CCompiler arm =
        CCompiler.of(
            ARM,
            "-Os",
            "-mcpu=cortex-m4",
            "-mthumb",
            "--specs=rdimon.specs",
            "-T",
            folder.resolve("mps2.ld").toString());
    CCompiler.assumeThere(QEMU);
    INDArray digits = EmbeddedDigits.test(ON_THE_DEVICE, ON_THE_DEVICE).next().getFeatures();
    StringBuilder samples = new StringBuilder("#define SAMPLES " + ON_THE_DEVICE + "\n");
    samples.append("static const int16_t samples[][digits_INPUTS] = {\n");
    pixels(digits).forEach(d -> append(samples.append('{'), d, ",").append("},\n"));
    Files.writeString(folder.resolve("samples.h"), samples + "};\n");
    String test = Files.readString(folder.resolve("selftest.c"));
    Files.writeString(
        folder.resolve("device.c"),
        "int self_test(void);\n" + test.replace("int main(void)", "int self_test(void)"));
    Path program =
        arm.program(
            folder.resolve("digits.elf"), files("snn.c", "digits.c", "device.c", "cortex.c"));
    List<String> lines =
        CCompiler.run(
            "",
            QEMU,
            "-M",
            "mps2-an386",
            "-nographic",
            "-semihosting-config",
            "enable=on,target=native",
            "-kernel",
            program.toString());
    INDArray expected = chip.network().output(digits).argMax(1);
    assertEquals("all agree", lines.get(0));
    assertEquals("self-test 0", lines.get(1));
    for (int i = 0; i < ON_THE_DEVICE; i++) {
      assertEquals(String.valueOf(expected.getInt(i)), lines.get(2 + i), "digit " + i);
    }
  }

  /** Events of a simulated camera, step by step. */
  @Test
  void shouldFollowRecordings() throws Exception {
    CCompiler compiler = CCompiler.of("cc");
    Path recordings = folder.resolve("recordings");
    new CommandLineRun()
        .assertDone("events simulate --to=%s --first=18 --test-first=62 --quiet", recordings);
    EventDataSet set = EventDataSet.nMnist(recordings);
    FrameOptions frames = FrameOptions.of(Slicing.intoEqualParts(10));
    INDArray features =
        EventDataSetIterator.builder(set, set.test(), frames)
            .batch(10)
            .build()
            .next()
            .getFeatures();
    IntegerNetwork<MultiLayerNetwork> network =
        IntegerQuantization.toBits(8).quantize(PretrainedNetworks.ofRecordedDigits());
    Path target = folder.resolve("camera");
    CExport.named("camera").steps(10).spikesPerInput(127).selfTest(features).write(network, target);
    Path program =
        compiler.program(
            target.resolve("test"),
            Stream.of("selftest.c", "snn.c", "camera.c").map(target::resolve).toList());
    assertEquals(List.of("all agree"), CCompiler.run("", program.toString()));
  }
}
