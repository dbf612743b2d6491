Console.WriteLine("AnyDoor");
