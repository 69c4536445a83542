package org.dl4jsnn.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that prints what is in a file. */
final class PrintedLine {

  private PrintedLine() {}

  public static void main(String[] file) throws IOException {
    System.out.println(Files.readString(Path.of(file[0])));
  }
}
