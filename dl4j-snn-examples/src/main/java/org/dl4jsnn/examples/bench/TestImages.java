package org.dl4jsnn.examples.bench;

import java.nio.file.Path;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.OptionRules;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import picocli.CommandLine.Option;

/** The test images for a saved network, as options. */
final class TestImages {

  /** The data set on which the network was trained. */
  enum Images {
    MNIST,
    CIFAR10
  }

  @Option(
      names = "--images",
      description =
          "${COMPLETION-CANDIDATES}; default: MNIST, but 'integers' tests no images unless "
              + "--images or --data names them.")
  private Images images;

  @Option(
      names = "--data",
      description = "Folder of the files; default of MNIST: its first digits, embedded.")
  private Path data;

  @Option(names = "--batch", description = "Images per minibatch.")
  private int batch = 100;

  /** Whether an option names them. */
  boolean areNamed() {
    return images != null || data != null;
  }

  void checkOptions() {
    OptionRules.atLeast("--batch", batch, 1);
    if (images == Images.CIFAR10) {
      CifarFiles.in(data); // refuses none
    }
  }

  /** All of them, in order. */
  DataSetIterator inOrder() {
    checkOptions();
    if (images != Images.CIFAR10) {
      return MnistFiles.in(data).test().inOrder(batch);
    }
    return CifarFiles.in(data).test().inOrder(batch);
  }
}
