package org.dl4jsnn.event.data;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.internal.Require;

/**
 * Facts of a published data set, against which a folder can be checked. {@link #all} lists those of
 * the data sets that {@link EventDataSet} and {@code org.dl4jsnn.event.cochlea} read.
 *
 * @param name its name
 * @param classes the number of classes
 * @param train the number of training samples; all samples if the publishers define no split
 * @param heldOut the number of samples held out; 0 if the publishers hold none out
 * @param test the number of test samples; 0 if the publishers define no split
 * @param sensor the size of the recordings; empty for spikes not from a camera
 * @param recordings the format and content of the recordings
 * @param licence its licence
 * @param citation the paper to cite
 * @param source where to get it
 * @param archives hexadecimal MD5 checksums of the files to download, by name
 */
public record DataSetFacts(
    String name,
    int classes,
    int train,
    int heldOut,
    int test,
    Optional<SensorSize> sensor,
    String recordings,
    String licence,
    String citation,
    String source,
    Map<String, String> archives) {

  private static final String HEIDELBERG =
      "Cramer et al., IEEE Transactions on Neural Networks and Learning Systems 33, 2022";

  /** CIFAR10-DVS; its publishers define no split. */
  public static final DataSetFacts CIFAR10_DVS =
      new DataSetFacts(
          "CIFAR10-DVS",
          10,
          10_000,
          0,
          0,
          Optional.of(new SensorSize(128, 128)),
          "AEDAT 2.0: images of CIFAR-10, moved on a screen",
          "CC BY 4.0",
          "Li et al., Frontiers in Neuroscience 11:309, 2017",
          "https://figshare.com/articles/CIFAR10-DVS_New/4724671",
          Map.of(
              "airplane.zip", "0afd5c4bf9ae06af762a77b180354fdd",
              "automobile.zip", "8438dfeba3bc970c94962d995b1b9bdd",
              "bird.zip", "a9c207c91c55b9dc2002dc21c684d785",
              "cat.zip", "52c63c677c2b15fa5146a8daf4d56687",
              "deer.zip", "b6bf21f6c04d21ba4e23fc3e36c8a4a3",
              "dog.zip", "f379ebdf6703d16e0a690782e62639c3",
              "frog.zip", "cad6ed91214b1c7388a5f6ee56d08803",
              "horse.zip", "e7cbbf77bec584ffbf913f00e682782a",
              "ship.zip", "41c7bd7d6b251be82557c6cce9a7d5c9",
              "truck.zip", "89f3922fd147d9aeff89e76a2b0b70a7"));

  /** DVS128 Gesture; samples are counted from the recordings listed in the tables of trials. */
  public static final DataSetFacts DVS_GESTURE =
      new DataSetFacts(
          "DVS128 Gesture",
          11,
          1176,
          0,
          288,
          Optional.of(new SensorSize(128, 128)),
          "AEDAT 3.1: gestures of hands and arms",
          "CC BY 4.0",
          "Amir et al., CVPR 2017",
          "https://research.ibm.com/dvsgesture/",
          Map.of("DvsGesture.tar.gz", "8a5c71fb11e24e5ca5b11866ca6c00a1"));

  /** ES-ImageNet, in 25 archives. */
  public static final DataSetFacts ES_IMAGENET =
      new DataSetFacts(
          "ES-ImageNet",
          1000,
          1_257_035,
          0,
          49_881,
          Optional.of(new SensorSize(256, 256)),
          "NumPy archives: images of ImageNet, moved by a program",
          "that of ImageNet, for research",
          "Lin et al., Frontiers in Neuroscience 15:726582, 2021",
          "https://cloud.tsinghua.edu.cn/d/94873ab4ec2a4eb497b3/",
          parts(
              // In order, as SpikingJelly's reader of this set lists them.
              "900bdd57b5641f7d81cd4620283fef76",
              "5982532009e863a8f4e18e793314c54b",
              "8f408c1f5a1d4604e48d0d062a8289a0",
              "5c5b5cf0a55954eb639964e3da510097",
              "51feb661b4c9fa87860b63e76b914673",
              "fcd007a2b17b7c13f338734c53f6db31",
              "d3e74b96d9c5df15714bbc3abcd329fc",
              "65b9cf7fa63e18d2e7d92ff45a42a5e5",
              "241c9a37a83ff9efd305fe46d012211e",
              "ceee96971008e30d0cdc34086c49fd75",
              "4fbfefbe6e48758fbb72427c81f119cf",
              "c8cc163be4e5f6451201dccbded4ec24",
              "08c9dff32f6b42c49ef7cd78e37c728e",
              "43aa157dc5bd5fcea81315a46e0322cf",
              "480a69b050f465ef01efcc44ae29f7df",
              "11abd24d92b93e7f85acd63abd4a18ab",
              "3891486a6862c63a325c5f16cd01fdd1",
              "cf8bb0525b514f411bca9d7c2d681f7c",
              "3766bc35572ccacc03f0f293c571d0ae",
              "bf73a5e338644122220e41da7b5630e6",
              "564de4a2609cbb0bb67ffa1bc51f2487",
              "60a9e52db1acadfccc9a9809073f0b04",
              "373b5484826d40d7ec35f0e1605cb6ea",
              "a50612e889b20f99cc7b2725dfd72e9e",
              "0802ccdeb0cff29237faf55164524101"));

  /** N-Caltech101: Caltech101 has 9,144 images; the 435 of Faces are left out. */
  public static final DataSetFacts N_CALTECH101 =
      new DataSetFacts(
          "N-Caltech101",
          101,
          8709,
          0,
          0,
          Optional.of(new SensorSize(240, 180)),
          "N-MNIST's layout: images of objects, moved",
          "CC BY 4.0",
          "Orchard et al., Frontiers in Neuroscience 9:437, 2015",
          "https://www.garrickorchard.com/datasets/n-caltech101",
          Map.of("Caltech101.zip", "66201824eabb0239c7ab992480b50ba3"));

  /** N-CARS. */
  public static final DataSetFacts N_CARS =
      new DataSetFacts(
          "N-CARS",
          2,
          15_422,
          0,
          8607,
          Optional.of(new SensorSize(120, 100)),
          "Prophesee .dat: cars in traffic, and background",
          "Prophesee's terms, shown at the download",
          "Sironi et al., CVPR 2018",
          "https://www.prophesee.ai/2018/03/13/dataset-n-cars/",
          Map.of(
              "Prophesee_Dataset_n_cars.zip", "553ce464d6e5e617b3c21ce27c19368e",
              "n-cars_train.zip", "976d126a651b95d81800b05a3093337b",
              "n-cars_test.zip", "3b5e8e9a5bffeb95614b8c0a2ba4e511"));

  /** N-MNIST. */
  public static final DataSetFacts N_MNIST =
      new DataSetFacts(
          "N-MNIST",
          10,
          60_000,
          0,
          10_000,
          Optional.of(new SensorSize(34, 34)),
          "N-MNIST's layout: digits, moved",
          "CC BY-SA 4.0",
          "Orchard et al., Frontiers in Neuroscience 9:437, 2015",
          "https://www.garrickorchard.com/datasets/n-mnist",
          Map.of(
              "Train.zip", "20959b8e626244a1b502305a9e6e2031",
              "Test.zip", "69ca8762b2fe404d9b9bad1103e97832"));

  /** Spiking Heidelberg Digits: 0 to 9 in English and German, as spikes of 700 channels. */
  public static final DataSetFacts SHD =
      new DataSetFacts(
          "SHD",
          20,
          8156,
          0,
          2264,
          Optional.empty(),
          "HDF5: spoken digits, 700 channels",
          "CC BY 4.0",
          HEIDELBERG,
          "https://zenkelab.org/datasets/",
          Map.of(
              "shd_train.h5.zip", "f3252aeb598ac776c1b526422d90eecb",
              "shd_test.h5.zip", "1503a5064faa34311c398fb0a1ed0a6f"));

  /** Spiking Speech Commands: words of Google's Speech Commands, as spikes of 700 channels. */
  public static final DataSetFacts SSC =
      new DataSetFacts(
          "SSC",
          35,
          75_466,
          9981,
          20_382,
          Optional.empty(),
          "HDF5: spoken commands, 700 channels",
          "CC BY 4.0",
          HEIDELBERG,
          "https://zenkelab.org/datasets/",
          Map.of(
              "ssc_train.h5.zip", "d102be95e7144fcc0553d1f45ba94170",
              "ssc_valid.h5.zip", "b4eee3516a4a90dd0c71a6ac23a8ae43",
              "ssc_test.h5.zip", "a35ff1e9cffdd02a20eb850c17c37748"));

  /**
   * Checks the facts, and sorts the archives by name.
   *
   * @param name its name
   * @param classes the number of classes
   * @param train the number of training samples
   * @param heldOut the number of samples held out
   * @param test the number of test samples
   * @param sensor the size of the recordings
   * @param recordings the format of the recordings
   * @param licence its licence
   * @param citation the paper
   * @param source where to get it
   * @param archives MD5 checksums by file name
   * @throws IllegalArgumentException if a number is too small or a checksum is malformed
   */
  public DataSetFacts {
    Require.given("name", name);
    Require.atLeast("classes", classes, 1);
    Require.atLeast("train", train, 1);
    Require.atLeast("heldOut", heldOut, 0);
    Require.atLeast("test", test, 0);
    Require.given("sensor", sensor);
    Require.given("recordings", recordings);
    Require.given("licence", licence);
    Require.given("citation", citation);
    Require.given("source", source);
    archives = Collections.unmodifiableMap(new TreeMap<>(archives));
    archives.forEach(
        (file, md5) -> {
          if (!md5.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException(
                "MD5 of " + file + " must be 32 hexadecimal digits, got " + md5);
          }
        });
  }

  private static Map<String, String> parts(String... md5) {
    Map<String, String> archives = new TreeMap<>();
    for (String part : md5) {
      String name = "ES-imagenet-0.18.part%02d.rar";
      archives.put(String.format(Locale.ROOT, name, archives.size() + 1), part);
    }
    return archives;
  }

  /**
   * {@return the facts of the published data sets that the library reads: camera recordings sorted
   * by name, then spoken words}
   */
  public static List<DataSetFacts> all() {
    return List.of(CIFAR10_DVS, DVS_GESTURE, ES_IMAGENET, N_CALTECH101, N_CARS, N_MNIST, SHD, SSC);
  }

  /** {@return the number of training, held-out and test samples together} */
  public int samples() {
    return train + heldOut + test;
  }
}
