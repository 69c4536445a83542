package org.dl4jsnn.event.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A data set's folder. If a part is missing, says where to get the data and how to lay it out. */
final class DataFolder {

  private final String dataSet;
  private final Path root;
  private final String help;

  /** A folder; the help is sentences that say where to get the data and how it is laid out. */
  DataFolder(String dataSet, Path root, String help) throws FileNotFoundException {
    this.dataSet = dataSet;
    this.root = root;
    this.help = help;
    if (!Files.isDirectory(root)) {
      throw missing("its folder must be there", "none at " + root);
    }
  }

  Path folder(String name) throws FileNotFoundException {
    Path folder = root.resolve(name);
    if (!Files.isDirectory(folder)) {
      throw missing(root + " must hold a folder " + name, "none");
    }
    return folder;
  }

  Path file(String name) throws FileNotFoundException {
    Path file = root.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw missing(root + " must hold a file " + name, "none");
    }
    return file;
  }

  /** The names of its folders, sorted. */
  List<String> folders() throws IOException {
    List<Path> folders = list(root, Files::isDirectory);
    if (folders.isEmpty()) {
      throw missing(root + " must hold one folder per class", "none");
    }
    return folders.stream().map(folder -> folder.getFileName().toString()).toList();
  }

  /** The recordings in one folder per class, in the order of the labels. */
  List<EventSample> samples(List<String> folders, String ending) throws IOException {
    return samples("", folders, ending);
  }

  /** The same, in folders below another; its name ends with a slash. */
  List<EventSample> samples(String part, List<String> folders, String ending) throws IOException {
    List<EventSample> samples = new ArrayList<>();
    for (int label = 0; label < folders.size(); label++) {
      for (Path file : recordings(folder(part + folders.get(label)), ending)) {
        samples.add(new EventSample(file, label));
      }
    }
    return samples;
  }

  /** The files of a folder with a given ending, sorted by name; hidden files are skipped. */
  private List<Path> recordings(Path folder, String ending) throws IOException {
    List<Path> files =
        list(
            folder,
            file ->
                Files.isRegularFile(file)
                    && (file.toString().endsWith(ending)
                        || file.toString().endsWith(ending + ".gz")));
    if (files.isEmpty()) {
      throw missing(
          folder + " must hold recordings" + (ending.isEmpty() ? "" : ", *" + ending), "none");
    }
    return files;
  }

  private static List<Path> list(Path folder, DirectoryStream.Filter<Path> wanted)
      throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, wanted)) {
      for (Path entry : entries) {
        if (!entry.getFileName().toString().startsWith(".")) {
          found.add(entry);
        }
      }
    }
    // Paths themselves compare without case on some systems, and classes would be numbered anew.
    found.sort(Comparator.comparing(path -> path.getFileName().toString()));
    return found;
  }

  FileNotFoundException missing(String rule, String found) {
    return new FileNotFoundException(dataSet + ": " + rule + ", got " + found + ". " + help);
  }
}
