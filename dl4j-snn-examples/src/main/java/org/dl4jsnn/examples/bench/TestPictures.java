package org.dl4jsnn.examples.bench;

import java.nio.file.Path;
import org.dl4jsnn.examples.data.CifarFiles;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.OptionRules;
import org.dl4jsnn.examples.support.UserError;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import picocli.CommandLine.Option;

/** The test pictures for a saved network, as options. */
final class TestPictures {

  /** The data set on which the network was trained. */
  enum Pictures {
    MNIST,
    CIFAR10
  }

  @Option(
      names = "--pictures",
      description =
          "${COMPLETION-CANDIDATES}; default: MNIST, but 'integers' tests no pictures unless "
              + "--pictures or --data names them.")
  private Pictures pictures;

  @Option(
      names = "--data",
      description = "Folder of the files; default of MNIST: its first digits, embedded.")
  private Path data;

  @Option(names = "--batch", description = "Pictures per minibatch.")
  private int batch = 100;

  /** Whether an option names them. */
  boolean areNamed() {
    return pictures != null || data != null;
  }

  /** Checks what can be checked before the network is loaded. */
  void checkOptions() {
    OptionRules.atLeast("--batch", batch, 1);
    if (pictures == Pictures.CIFAR10 && data == null) {
      throw new UserError(
          "--data must name the folder of CIFAR-10, got none. " + CifarFiles.HOW_TO_GET);
    }
  }

  /** All of them, in order. */
  DataSetIterator inOrder() {
    checkOptions();
    if (pictures != Pictures.CIFAR10) {
      return (data == null ? MnistFiles.embedded() : MnistFiles.in(data)).test().inOrder(batch);
    }
    return CifarFiles.in(data).test().inOrder(batch);
  }
}
