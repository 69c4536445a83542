package org.dl4jsnn.examples.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.bench.BenchmarkTable.OtherProgram;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.data.LabelledImages;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.plots.PretrainedNetworks;
import org.dl4jsnn.examples.support.AddedExample;
import org.dl4jsnn.examples.support.ComputingCommand;
import org.dl4jsnn.examples.support.Median;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.SureOptions;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.runtime.EarlyExit;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.train.ModelFile;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Times a trained network beside the same layers without spikes in another program. */
@Command(
    name = "rival",
    description =
        "Speed, latency and accuracy of a trained network beside the same layers without spikes "
            + "in ONNX Runtime, in turn; one JSON line each, then the ratios (above 1: ours is "
            + "faster).")
public final class RivalExample extends ComputingCommand implements AddedExample {

  /** Training images that choose the ranges of integers. */
  private static final int CALIBRATION = 1000;

  @Option(names = "--network", description = "vgg7, sparse or lenet5; needed without --stream.")
  private PretrainedNetworks network;

  @Option(
      names = "--model",
      description = "Our trained network with these layers; default: the one that comes along.")
  private Path model;

  @Option(
      names = "--rival-model",
      description =
          "The network without spikes, as snn train cifar10 --conventional trains it, or FILE.npz of "
              + "rival_torch.py --train. Default: the same layers with random weights, whose "
              + "accuracy is not reported.")
  private Path rivalModel;

  @Option(
      names = "--data",
      description =
          "Folder of CIFAR-10's six files for VGG7, of MNIST's four for LeNet5; default of MNIST: "
              + "its first digits, embedded.")
  private Path data;

  @Option(names = "--test", description = "Use only the first test images; default: all.")
  private Integer test;

  @Option(names = "--batch", description = "Images per minibatch.")
  private int batch = 100;

  @Mixin private StreamRival stream = new StreamRival();

  @Mixin private SureOptions sure = new SureOptions();

  @Option(names = "--single", description = "Images of a turn that are asked about one at a time.")
  private int single = 200;

  @Option(names = "--rounds", description = "Turns of each side, after an untimed one.")
  private int rounds = 5;

  @Option(
      names = "--compare",
      description =
          "A command that prints such a JSON line, such as rival_torch.py in the folder baseline; "
              + "it takes its turns as well. {network}, {batch} and {threads} in it are replaced.")
  private String compare;

  @Override
  public void checkOptions() {
    if (model != null) {
      OptionRules.model(model);
    }
    if (stream.asked) {
      if (network != null || rivalModel != null || compare != null) {
        throw new UserError(
            "--stream has rivals of its own: --network, --rival-model and --compare do not go with it");
      }
      stream.check();
      return;
    }
    if (network == null || network == PretrainedNetworks.RESNET) {
      throw new UserError("--network must be vgg7, sparse or lenet5, got " + network);
    }
    OptionRules.atLeast("--batch", batch, 1);
    OptionRules.atLeast("--single", single, 1);
    sure.check();
    OptionRules.atLeast("--rounds", rounds, 1);
    if (network != PretrainedNetworks.LENET5) {
      CifarFiles.in(data); // refuses none
    }
    if (rivalModel != null) {
      OptionRules.model(rivalModel);
    }
  }

  @Override
  protected int run() throws IOException, InterruptedException {
    if (stream.asked) {
      stream.run(model, test, this::print);
      return 0;
    }
    MultiLayerNetwork spiking =
        model == null ? (MultiLayerNetwork) network.network() : ModelFile.load(model);
    MultiLayerNetwork rival = rival();
    RivalNetwork.requireSameShapes(spiking, rival);
    SpikingModel runtime = UserError.explained("", () -> OurSides.runtime(spiking));
    EarlyExit exit = sure.exit();
    List<RivalTimes> ours =
        List.of(
            new RivalTimes(new OurSides.ByLayers(spiking, exit, runtime.steps()), true),
            new RivalTimes(new OurSides.ByRuntime(runtime, exit), true));
    List<RivalTimes> theirs =
        UserError.explained("", () -> OnnxRuntime.sides(rival, calibration(), threads)).stream()
            .map(side -> new RivalTimes(side, rivalModel != null))
            .toList();
    OtherProgram other = compare == null ? null : other();
    String engine = takeTurns(alternating(ours, theirs), other);
    for (RivalTimes side : alternating(ours, theirs)) {
      Map<String, Object> figures = side.figures(batch);
      figures.put("network", network.toString());
      figures.put("threads", threads);
      print(figures);
      side.close();
    }
    double speed = ours.stream().mapToDouble(RivalTimes::imagesPerSecond).max().orElseThrow();
    double latency = ours.stream().mapToDouble(RivalTimes::latency).min().orElseThrow();
    for (RivalTimes side : theirs) {
      printRatios(side.engine(), speed / side.imagesPerSecond(), side.latency() / latency);
    }
    if (other != null) {
      printRatios(
          engine,
          speed / Median.of(other.figures("images_per_s")),
          Median.of(other.figures("latency_ms_median")) / latency);
    }
    return 0;
  }

  private MultiLayerNetwork rival() {
    if (rivalModel == null) {
      return RivalNetwork.untrained(network);
    }
    return rivalModel.toString().endsWith(".npz")
        ? RivalNetwork.ofArrays(network, rivalModel)
        : ModelFile.load(rivalModel);
  }

  /** Returns what the other program calls itself. */
  private String takeTurns(List<RivalTimes> sides, OtherProgram other)
      throws IOException, InterruptedException {
    LabelledImages all = images(false);
    LabelledImages images = all.range(0, OptionRules.first("--test", test, all.size()));
    String engine = compare;
    for (int round = 0; round <= rounds; round++) {
      for (RivalTimes side : sides) {
        side.turn(images, batch, single);
        if (round == 0) {
          side.forget();
        }
      }
      if (other != null && round > 0) {
        String line = other.run();
        engine = new ObjectMapper().readTree(line).path("engine").asText(compare);
        print(line);
      }
    }
    return engine;
  }

  private static List<RivalTimes> alternating(List<RivalTimes> ours, List<RivalTimes> theirs) {
    List<RivalTimes> sides = new ArrayList<>(ours);
    for (int i = 0; i < theirs.size(); i++) {
      sides.add(Math.min(2 * i + 1, sides.size()), theirs.get(i));
    }
    return sides;
  }

  private OtherProgram other() {
    return new OtherProgram(
        compare
            .replace("{network}", network.toString())
            .replace("{batch}", String.valueOf(batch))
            .replace("{threads}", String.valueOf(threads)));
  }

  private DataSetIterator calibration() {
    LabelledImages training = images(true);
    return training.range(0, Math.min(CALIBRATION, training.size())).inOrder(batch);
  }

  private LabelledImages images(boolean training) {
    if (network != PretrainedNetworks.LENET5) {
      CifarFiles files = CifarFiles.in(data);
      return training ? files.training() : files.test();
    }
    MnistFiles files = MnistFiles.in(data);
    return training ? files.training() : files.test();
  }

  /** Above 1: ours is faster. */
  private void printRatios(String rival, double speed, double latency) throws IOException {
    Map<String, Object> ratios = new LinkedHashMap<>();
    ratios.put("rival", rival);
    ratios.put("ratio_images_per_s", RivalTimes.rounded(speed));
    ratios.put("ratio_latency", RivalTimes.rounded(latency));
    print(ratios);
  }

  private void print(Map<String, ?> figures) throws IOException {
    print(new ObjectMapper().writeValueAsString(figures));
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
