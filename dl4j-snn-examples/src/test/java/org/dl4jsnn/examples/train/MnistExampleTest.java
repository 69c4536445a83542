package org.dl4jsnn.examples.train;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFolder;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.train.TrainingFiles;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

@Tag("slow")
class MnistExampleTest {

  /** With some held out, still more than a minibatch. */
  private static final int TRAINING = 150;

  private static final int TEST = 40;

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();

  @BeforeEach
  void writeAFewDigits() throws IOException {
    MnistFolder.write(folder, TRAINING, TEST);
    run.setDefaults("--steps=5 --data=%s", folder);
  }

  private Path trained(String name, String options, Object... values) {
    Path model = folder.resolve(name + ".zip");
    run.assertDone("mnist --model=" + model + " " + options, values);
    return model;
  }

  @Test
  void shouldTrainSaveReloadAndResumeBitForBit() {
    Path straight = trained("straight", "--epochs 2");
    run.assertPrinted("150 training, 0 held out and 40 test images");
    run.assertPrinted("Test accuracy: ");
    run.assertPrinted("Reloaded: predicts exactly the same for all 40");
    Path half = trained("half", "--epochs 1");
    ShortTraining.assertSame(straight, trained("resumed", "--epochs 2 --resume %s", half));
  }

  @Test
  void shouldChooseTheModelOnImagesHeldOutAndFindItAgain() {
    Path straight = trained("straight", "--hold-out 40 --shift 2 --epochs 3");
    run.assertPrinted("110 training, 40 held out and 40 test images");
    run.assertPrinted("Model chosen on 40 held-out images");
    Path stopped = trained("stopped", "--hold-out 40 --shift 2 --epochs 2");
    Path resumed = trained("resumed", "--hold-out 40 --shift 2 --epochs 3 --resume %s", stopped);
    ShortTraining.assertSame(TrainingFiles.best(straight), TrainingFiles.best(resumed));
  }

  @Test
  void shouldStartFromATrainedNetworkAndPayForAdditions() {
    Path dense = trained("dense", "--recipe best --epochs 1");
    String sparse = "--recipe sparse --steps 2 --epochs 1 --learning-rate 1e-9 --from ";
    MultiLayerNetwork network = ModelFile.load(trained("sparse", sparse + dense));
    INDArray weights = ModelFile.load(dense).getLayer("dense").getParam("W");
    assertTrue(network.getLayer("dense").getParam("W").equalsWithEps(weights, 1e-6));
    String configuration = network.getLayerWiseConfigurations().toJson();
    assertTrue(configuration.contains("\"strength\" : 2.0E-7"), configuration);
    Path other = folder.resolve("other.zip");
    ModelFile.save(SpikingNetworks.lenet5().layers("4C5-AP4-8").init(), other);
    run.assertRefused(
        "--from must name a network with a layer 'conv1' of weights [20, 1, 5, 5], got " + other,
        "mnist " + sparse + other);
  }

  @Test
  void shouldMoveImagesWithoutWrapping() {
    byte[] image = new byte[784];
    image[0] = 1;
    image[783] = 2;
    Digits one = new Digits(new byte[][] {image}, new int[] {3});
    boolean moved = false;
    for (int epoch = 0; epoch < 20; epoch++) {
      float[] pixels =
          one.shuffled(1, 1, epoch, ImageAugmentation.shift(2, 0), 0)
              .next()
              .getFeatures()
              .reshape(784)
              .toFloatVector();
      int[] lit = IntStream.range(0, 784).filter(pixel -> pixels[pixel] > 0).toArray();
      for (int pixel : lit) {
        int row = pixel / 28;
        int column = pixel % 28;
        assertTrue(row <= 2 && column <= 2 || row >= 25 && column >= 25, "pixel " + pixel);
        moved |= pixel != 0 && pixel != 783;
      }
      assertTrue(lit.length <= 2);
    }
    assertTrue(moved);
  }

  @Test
  void shouldLearnTheSameWithAnyNumberOfThreads() {
    Path one = trained("one", "--epochs 1 --threads 1");
    Path three = trained("three", "--epochs 1 --threads 3");
    assertSameBits(ModelFile.load(one).params(), ModelFile.load(three).params());
  }
}
