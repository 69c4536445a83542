package org.dl4jsnn.examples.ui;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.net.InetSocketAddress;

/** A separate program that reads an object, as Deeplearning4j reads those of statistics. */
final class ReadsAnyObject {

  private ReadsAnyObject() {}

  /** Of a class of Java, but not of one that statistics have. */
  static Object another() {
    return new InetSocketAddress("127.0.0.1", 1);
  }

  public static void main(String[] args) throws IOException, ClassNotFoundException {
    StatsObjects.refuseOthersEverywhere();
    StatsObjects.refuseOthersEverywhere();
    System.out.println(new ObjectInputStream(System.in).readObject());
  }
}
