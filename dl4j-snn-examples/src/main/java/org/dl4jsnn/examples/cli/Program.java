package org.dl4jsnn.examples.cli;

import java.util.List;
import org.dl4jsnn.examples.bench.BenchmarkExample;
import org.dl4jsnn.examples.bench.BenchmarkPlot;
import org.dl4jsnn.examples.bench.BitsExample;
import org.dl4jsnn.examples.bench.IntegersExample;
import org.dl4jsnn.examples.bench.NeuroBenchExample;
import org.dl4jsnn.examples.bench.StepsExample;
import org.dl4jsnn.examples.convert.ConvertExample;
import org.dl4jsnn.examples.deploy.DeployExample;
import org.dl4jsnn.examples.events.EventsExample;
import org.dl4jsnn.examples.events.StreamExample;
import org.dl4jsnn.examples.live.LiveExample;
import org.dl4jsnn.examples.nir.NirExample;
import org.dl4jsnn.examples.notebook.NotebooksExample;
import org.dl4jsnn.examples.plots.PlotsExample;
import org.dl4jsnn.examples.plots.PredictExample;
import org.dl4jsnn.examples.plots.RasterExample;
import org.dl4jsnn.examples.plots.RivalPlot;
import org.dl4jsnn.examples.plots.TrainingPlot;
import org.dl4jsnn.examples.spoken.MakeCommand;
import org.dl4jsnn.examples.support.AddedExample;
import org.dl4jsnn.examples.train.Cifar10Example;
import org.dl4jsnn.examples.train.DvsExample;
import org.dl4jsnn.examples.train.MnistExample;
import org.dl4jsnn.examples.train.ParallelExample;
import org.dl4jsnn.examples.train.SpokenTraining;
import org.dl4jsnn.examples.ui.UiExample;

/**
 * A command and its two names.
 *
 * @param path its path in the program {@code snn}, such as "train mnist"; a group comes before its
 *     commands; null if it has none
 * @param example its name as an example, {@code -Dexample=}; null if it has none
 * @param type its class with picocli annotations; an {@link AddedExample} of this name replaces it
 * @param usage usage examples in its help, one command per line
 */
record Program(String path, String example, Class<?> type, List<String> usage) {

  static final List<Program> ALL =
      List.of(
          of(
              "train mnist",
              "mnist",
              MnistExample.class,
              "--epochs 2",
              "--recipe best --model digits.zip",
              "--resume digits.zip --epochs 30"),
          of(
              "train cifar10",
              "cifar10",
              Cifar10Example.class,
              "--data cifar-10-batches-bin --epochs 10"),
          of("train dvs", "dvs", DvsExample.class, "--epochs 3", "--data N-MNIST --set n-mnist"),
          of("train spoken", null, SpokenTraining.class, "--data spoken --epochs 10"),
          of(null, "spoken", SpokenTraining.SpokenExample.class),
          of("train parallel", "parallel", ParallelExample.class, "--workers 2"),
          of(
              "predict",
              "predict",
              PredictExample.class,
              "seven.png",
              "--digit 3 --to spikes.png",
              "recording.aedat --model target/dvs-vgg7.zip"),
          of(
              "plot network",
              "plots",
              PlotsExample.class,
              "--model target/mnist-lenet5.zip --to plots"),
          of(
              "plot raster",
              "raster",
              RasterExample.class,
              "--model target/mnist-lenet5.zip --digit 1 --to raster.png"),
          of(
              "plot training",
              "training-plot",
              TrainingPlot.class,
              "--log LeNet5=target/mnist-lenet5-log.csv --to curves.png"),
          of("plot rival", "rival-plot", RivalPlot.class, "--lines VGG7=vgg7.jsonl --to pays.png"),
          of(
              "plot benchmark",
              "benchmark-plot",
              BenchmarkPlot.class,
              "--ours ours.jsonl --theirs theirs.jsonl --to bench.png"),
          of("events", "events", EventsExample.class, "info recording.aedat"),
          of("events make-spoken", null, MakeCommand.class, "--to spoken"),
          of(
              "stream",
              "stream",
              StreamExample.class,
              "--model target/dvs-vgg7.zip --data N-MNIST --set n-mnist"),
          of(
              "live",
              "live",
              LiveExample.class,
              "--digits 50",
              "--from recording.raw --model target/dvs-vgg7.zip",
              "--from tcp:7777 --model target/dvs-vgg7.zip --slice-ms 10"),
          of("convert", "convert", ConvertExample.class, "--network lenet --epochs 2"),
          of(
              "deploy",
              "deploy",
              DeployExample.class,
              "--to digits.snn",
              "digits.zip --bits 8 --to digits.snn"),
          of("nir", "nir", NirExample.class, "info network.nir"),
          of("ui", "ui", UiExample.class, "--stats training.stats"),
          of("bench", "benchmark", BenchmarkExample.class, "--network lenet5 --steps 25,100"),
          of("bench bits", "bits", BitsExample.class, "--model digits.zip --bits 4,8"),
          of(
              "bench steps",
              "steps",
              StepsExample.class,
              "--model target/cifar10.zip --data cifar-10 --steps 50"),
          of(
              "bench integers",
              "integers",
              IntegersExample.class,
              "--model digits.zip --bits 8 --images MNIST"),
          of("bench neurobench", "neurobench", NeuroBenchExample.class, "--model digits.zip"),
          of(
              "bench rival",
              "rival",
              MissingExample.Rival.class,
              "--network lenet5",
              "--network vgg7 --data cifar-10-batches-bin"),
          of(null, "spark", MissingExample.Spark.class, ""),
          // Needs its jar where Maven puts it, next to the classes.
          of(null, "notebooks", NotebooksExample.class, "", "--kernels jupyter/kernels"),
          of("completion", null, Snn.CompletionCommand.class));

  private static Program of(String path, String example, Class<?> type, String... usage) {
    return new Program(path, example, type, List.of(usage));
  }
}
