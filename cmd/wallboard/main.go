// Command wallboard is a live terminal wallboard for contact-centre floors.
package main

func main() {}
