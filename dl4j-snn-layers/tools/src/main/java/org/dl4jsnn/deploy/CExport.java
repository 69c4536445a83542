package org.dl4jsnn.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.device.DeviceMemory;
import org.dl4jsnn.internal.device.DeviceProgram;
import org.dl4jsnn.internal.io.AtomicFile;
import org.dl4jsnn.internal.io.AtomicFiles;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes integer networks as C99 programs for microcontrollers (docs/microcontroller.md): constant
 * arrays, a simulation of about 500 lines that works event by event, and a self-test. They fire the
 * same spikes as the network.
 *
 * <pre>{@code
 * IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(8).quantize(trained);
 * CExport.named("digits").write(chip, folder);
 * }</pre>
 *
 * <p>Supports the network's spiking layers, joins and delays, and ends in a read-out of firing
 * rates or a {@code LeakyReadOut}; everything else is refused by name. Random encodings stay
 * outside: the program is given the events of every step, or with {@code SpikeEncoding.direct} the
 * features. Immutable.
 */
public final class CExport {

  private static final int DEFAULT_STEPS = 100;
  private static final int MOST_INPUT = 127;
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Set<String> TAKEN =
      Set.of(
          "auto",
          "break",
          "case",
          "char",
          "const",
          "continue",
          "default",
          "do",
          "double",
          "else",
          "enum",
          "extern",
          "float",
          "for",
          "goto",
          "if",
          "inline",
          "int",
          "long",
          "register",
          "restrict",
          "return",
          "short",
          "signed",
          "sizeof",
          "static",
          "struct",
          "switch",
          "typedef",
          "union",
          "unsigned",
          "void",
          "volatile",
          "while",
          "snn",
          "selftest",
          "main",
          "stddef",
          "stdint",
          "stdio",
          "string");

  private final String name;
  private final int steps;
  private final int mostInput;
  private final FeatureRange features;
  private final long flash;
  private final long ram;

  /** Null for random ones. */
  private final INDArray samples;

  private CExport(
      String name,
      int steps,
      int mostInput,
      FeatureRange features,
      long flash,
      long ram,
      INDArray samples) {
    this.name = name;
    this.steps = steps;
    this.mostInput = mostInput;
    this.features = features;
    this.flash = flash;
    this.ram = ram;
    this.samples = samples;
  }

  /**
   * An export.
   *
   * @param name the prefix of all names and files: a C identifier
   * @return the export
   * @throws IllegalArgumentException if it is none
   */
  public static CExport named(String name) {
    Require.given("name", name);
    Require.not(
        !IDENTIFIER.matcher(name).matches() || TAKEN.contains(name.toLowerCase(Locale.ROOT)),
        "name must be a C identifier of letters, digits and _ that is not taken, such as digits, got"
            + " %s",
        name);
    return new CExport(name, 0, 1, FeatureRange.DEFAULT, Long.MAX_VALUE, Long.MAX_VALUE, null);
  }

  /**
   * {@return the same for windows of at most so many steps} Membranes have room for these, and the
   * program takes no more. By default those of the network's encoding, or 100 if its features have
   * a time axis.
   *
   * @param most T
   * @throws IllegalArgumentException if it is not positive
   */
  public CExport steps(int most) {
    Require.atLeast("steps", most, 1);
    return new CExport(name, most, mostInput, features, flash, ram, samples);
  }

  /**
   * {@return the same for inputs of up to so many spikes in a step, of either sign, in a byte each}
   * By default an input fires once or not, in a bit.
   *
   * @param most spikes of an input in a step, from 1 (a bit) to 127
   * @throws IllegalArgumentException if it is out of range
   */
  public CExport spikesPerInput(int most) {
    Require.not(
        most < 1 || most > MOST_INPUT, "spikes per input must be from 1 to 127, got %s", most);
    return new CExport(name, steps, most, features, flash, ram, samples);
  }

  /**
   * {@return the same for features of {@code SpikeEncoding.direct} in another range}
   *
   * @param range their range and precision
   */
  public CExport features(FeatureRange range) {
    return new CExport(name, steps, mostInput, Require.given("range", range), flash, ram, samples);
  }

  /**
   * {@return the same for a device of so much memory; larger programs are refused}
   *
   * @param flashBytes bytes for weights and code
   * @param ramBytes bytes for the state
   */
  public CExport within(long flashBytes, long ramBytes) {
    return new CExport(name, steps, mostInput, features, flashBytes, ramBytes, samples);
  }

  /**
   * {@return the same with a self-test of these samples, in place of random ones}
   *
   * @param given samples as the network takes them, some of each kind rather than many
   */
  public CExport selfTest(INDArray given) {
    return new CExport(
        name, steps, mostInput, features, flash, ram, Require.given("samples", given));
  }

  /**
   * Writes a program: {@code snn.h}, {@code snn.c}, {@code NAME.h}, {@code NAME.c}, {@code
   * selftest.c} and {@code README.md}, all of them or none.
   *
   * @param chip the network
   * @param folder the target folder: a new or empty one, or that of an earlier program of this name
   * @return the memory that it needs, as a table
   * @throws IllegalArgumentException if the network holds what the program cannot do or needs more
   *     memory than there is, or the folder has other files; nothing is written
   * @throws IOException if a file cannot be written
   */
  public String write(IntegerNetwork<?> chip, Path folder) throws IOException {
    CompactModel model = NetworkReader.read(chip.network(), 0);
    DeviceProgram program =
        new DeviceProgram(
            name,
            model,
            mostInput,
            features.bits(),
            features.least(),
            features.most(),
            steps(model));
    DeviceMemory memory = program.memory();
    require("flash", memory.flash(), flash, memory);
    require("RAM", memory.ram(), ram, memory);
    Map<String, byte[]> files =
        program.files(SelfTests.of(chip.network(), samples, model, program, steps(model)));
    requireOwn(folder, files.keySet());
    Map<String, AtomicFile.Writer> writers = new LinkedHashMap<>();
    files.forEach((file, content) -> writers.put(file, out -> out.write(content)));
    AtomicFiles.replace(folder, writers);
    return memory.toString();
  }

  private int steps(CompactModel model) {
    int window = model.encoding().steps();
    return steps > 0 ? steps : window > 0 ? window : DEFAULT_STEPS;
  }

  private static void require(String what, long needed, long most, DeviceMemory memory) {
    Require.not(
        needed > most, "%s must be at most %s bytes, got %s:\n%s", what, most, needed, memory);
  }

  private static void requireOwn(Path folder, Set<String> names) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> there = Files.list(folder)) {
      Set<String> others =
          there
              .map(file -> file.getFileName().toString())
              .filter(file -> !names.contains(file) && !file.matches("selftest|.*\\.o"))
              .collect(Collectors.toCollection(TreeSet::new));
      Require.not(
          !others.isEmpty(),
          "folder must be new, empty or of an earlier program of this name, got %s with %s",
          folder,
          others.iterator().hasNext() ? others.iterator().next() : "");
    }
  }
}
